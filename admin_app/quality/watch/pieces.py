"""What an item of the watch proves, as the reading room shows it."""

from typing import Any

from admin_app.quality.watch import queries
from admin_app.quality.watch.words import HOW_TOLD, STATES, TOPICS

Content = tuple[str, dict[str, Any]]


def note_piece(note_id: int) -> Content | None:
    """An item: what it says, what was decided, what it changes, how many were told."""
    found = queries.note(note_id)
    if found is None:
        return None
    return "quality/watch/piece.html", {
        "note": found,
        "effects": [one for one in queries.effects_of(note_id) if one.effect.removed_at is None],
        "told": queries.told_of(note_id),
        "topics": TOPICS,
        "states": STATES,
        "how": HOW_TOLD,
    }
