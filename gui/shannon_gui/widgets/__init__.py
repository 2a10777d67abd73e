"""Small controls that know nothing of this application."""
