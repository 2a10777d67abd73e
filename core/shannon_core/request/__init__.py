"""What is asked for, as frozen values, and what can be asked for, as entries.

Imports columns, errors and plug-ins; no engine and no file.
"""
