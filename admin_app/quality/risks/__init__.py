"""Risks for the quality of training, and the measures taken."""
