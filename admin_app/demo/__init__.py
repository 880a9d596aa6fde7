"""A believable organisation, built by the same acts as the pages."""
