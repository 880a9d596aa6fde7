"""Watch: what changes in the law, in trades and in teaching, and what is done of it."""
