"""One module for each built-in format: rendered rows in, bytes out. Their entries in request/format_specs name them."""
