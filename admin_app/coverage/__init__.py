"""Expectations kept as rows, matched with evidence: what is covered, due, missing."""
