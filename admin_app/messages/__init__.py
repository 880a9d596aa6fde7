"""What was sent to whom, and what must be sent again."""
