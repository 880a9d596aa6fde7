"""A text that an installation adds, for tests."""

THRESHOLD = """
[addition]
title = "Arrêté du 15 décembre 2026"
published_on = 2026-12-18
applies_from = 2027-01-01

[sources.arrete-2026-12-15]
text = "Arrêté du 15 décembre 2026"
url = "https://www.legifrance.gouv.fr/"
consulted_on = 2026-12-20

[[value]]
key = "teaching-referent-threshold"
value = 3
citations = [{ source = "arrete-2026-12-15", locator = "article 1er" }]
"""
