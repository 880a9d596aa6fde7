"""Who does what in the house: roles, meetings, development."""
