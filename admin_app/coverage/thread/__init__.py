"""The story of a trainee, in dated facts: what is there, what is odd, what is still expected."""
