"""How things look: palette, style sheet, icons, sizes that grow with the text. Imports nothing else of the window."""
