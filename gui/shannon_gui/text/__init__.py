"""What the window says: translations, labels, numbers and dates of a language. No widgets."""
