"""Reading improvements and reviews."""
