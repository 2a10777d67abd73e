"""The left column: time range, filters, formats and contents. Each section of the form is a ``FormSection``."""
