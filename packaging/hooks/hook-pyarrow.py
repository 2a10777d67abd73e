"""What PyInstaller cannot see of pyarrow: what its compiled modules import.

The hook that comes with PyInstaller takes all of pyarrow, three times with links followed: 160 MB with clients of
clouds.
"""

hiddenimports = [
    "pyarrow._acero",
    "pyarrow._compute_docstrings",
    "pyarrow._csv",
    "pyarrow._dataset",
    "pyarrow._fs",
    "pyarrow._json",
    "pyarrow.pandas_compat",
    "pyarrow.util",
    "pyarrow.vendored.docscrape",
    "pyarrow.vendored.version",
]
