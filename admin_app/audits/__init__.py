"""The auditor's reading room."""
