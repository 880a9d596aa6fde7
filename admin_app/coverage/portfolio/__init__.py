"""Every session at a glance: cohorts × indicators."""
