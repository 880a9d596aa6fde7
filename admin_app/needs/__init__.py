"""Needs analysis with the client; needs and positioning of each trainee."""
