"""The human review of a piece: a person looks, decides, and says why."""
