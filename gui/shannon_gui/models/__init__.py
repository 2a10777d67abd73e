"""Qt item models over answers of the core. They format values; they ask for nothing."""
