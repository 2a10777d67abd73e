"""Dialogs, opened without blocking. They know ``models``, ``widgets``, ``storage`` and ``text``, and no panel."""
