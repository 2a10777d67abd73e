"""Small controls that could be used in any program. They import ``appearance`` and ``text`` only."""
