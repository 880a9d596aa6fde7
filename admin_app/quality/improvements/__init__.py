"""Improvements: where they come from, who owns them, whether they had an effect."""
