"""The messages of the program: errors, notices and phrases as codes with English templates.

Imports nothing of the program. Errors (``errors.py``) and events (``jobs/progress.py``) carry a code and values. The
terminal renders the templates in English, the window in its own language (``shannon_gui/text/core_messages.py``);
nothing parses a rendered text.
"""
