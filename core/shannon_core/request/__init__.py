"""Requests as frozen values, and the declarations of everything that can be requested, as entries.

Imports columns, errors and plug-ins: no engine and no file.
"""
