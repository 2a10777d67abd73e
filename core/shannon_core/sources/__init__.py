"""From files to events: discovery, reading and validating lines, parsing them by SQL, and a folder per source.

Imports columns, jobs, the store and files: no request and no prices.
"""
