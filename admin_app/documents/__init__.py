"""Documents: checked for their mandatory mentions, rendered once, stored by their hash."""
