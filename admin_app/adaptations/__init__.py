"""Requests for a custom version, what was decided and why; accommodations for a disability."""
