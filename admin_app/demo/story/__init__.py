"""The story that the demonstration tells: the house, its people, its offer, its cohorts, its audit."""
