"""Lists to take away, and lists taken in."""
