"""What the window does over time: objects that ask the core and emit the answers. They import no widgets."""
