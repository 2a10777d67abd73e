"""One use case each: connects controllers with panels and dialogs. May import everything but ``windows`` and above."""
