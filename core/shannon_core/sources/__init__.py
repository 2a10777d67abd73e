"""From files to events: discovery, the byte boundary, validation of suspicious lines, and a folder per source."""
