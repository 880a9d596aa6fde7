"""The story that is told: the house, its people, its offer, its cohorts, its audit."""
