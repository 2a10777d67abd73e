"""An invented agent: records, of which several become events together."""
