"""Reading requests for adaptation, and (closed room) accommodations."""
