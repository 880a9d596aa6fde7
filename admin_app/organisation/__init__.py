"""The training organisation itself: identity, places, house documents."""
