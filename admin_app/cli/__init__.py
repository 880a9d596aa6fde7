"""The commands that outside scripts rely on."""
