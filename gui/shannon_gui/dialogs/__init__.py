"""Dialogs, opened without blocking. They know ``widgets``, ``storage`` and ``text``, and no panel."""
