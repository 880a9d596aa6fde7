"""What actions and reviews prove, as the reading room shows it."""

from typing import Any

from admin_app.quality.improvements.queries import actions, reviews
from admin_app.quality.improvements.words import EFFECTIVE, KINDS, REVIEWS, STATES
from admin_app.quality.origins import KINDS as ORIGINS

Content = tuple[str, dict[str, Any]]


def action_piece(key: int) -> Content | None:
    """An action: where it comes from, what was done, whether that had its effect."""
    found = actions.action(key)
    if found is None:
        return None
    words = {"kinds": KINDS, "origins": ORIGINS, "states": STATES, "effective": EFFECTIVE}
    return "quality/improvements/piece_action.html", {
        "action": found,
        "followers": actions.followers(key),
        **words,
    }


def review_piece(key: int) -> Content | None:
    """A review, with the figures that were looked at."""
    found = reviews.review(key)
    if found is None:
        return None
    words = REVIEWS[found.kind]
    return "quality/improvements/piece_review.html", {"review": found, "words": words}
