"""Complaints and incidents: received, acknowledged, answered, closed."""
