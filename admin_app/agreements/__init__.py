"""Conventions and individual contracts: issued, signed, countersigned."""
