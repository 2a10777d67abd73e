"""From files to events: discovery, the byte boundary, the judge of odd lines, and one SQL file per source."""
