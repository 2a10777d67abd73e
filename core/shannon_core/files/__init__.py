"""The file system: files that are whole or absent, folders of this program, names as text.

Imports errors only.
"""
