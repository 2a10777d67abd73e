"""The file system: atomic files, folders of this program, paths as text.

Imports errors only.
"""
