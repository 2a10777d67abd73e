"""What the program says: every error, notice and phrase as a code with an English template. Imports nothing of the
program.

Whatever carries a message (``errors.py``, ``jobs/progress.py``) carries its code and values. The terminal renders the
templates in English, the window in its own language (``shannon_gui/text/core_messages.py``); nothing parses a rendered
text.
"""
