"""What the organisation chose where no text decides: its own delays, and the pieces of good
practice that it does without."""
