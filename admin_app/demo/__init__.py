"""The demonstration: an invented organisation whose year is lived again through the operations.

No row is written here: every act is the one a page calls, at its own instant, by whoever does it.
The whole year is planned first (`agenda`), then played up to the day the demonstration is for.
"""
