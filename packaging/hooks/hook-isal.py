"""What PyInstaller cannot see of isal: what its compiled modules import."""

hiddenimports = ["isal.igzip_lib", "isal.isal_zlib"]
