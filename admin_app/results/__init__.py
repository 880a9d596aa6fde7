"""The results that a programme publishes, and how they are worked out."""
