"""Completion certificates and training attestations."""
