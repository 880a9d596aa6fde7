"""Attendance: marks, signatures and the closing of each half-day."""
