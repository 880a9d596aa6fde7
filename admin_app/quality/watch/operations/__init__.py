"""The acts of the watch."""

from admin_app.quality.watch.operations.entering import (
    Found,
    correct,
    drop,
    enter,
    name_reader,
    take_up,
)
from admin_app.quality.watch.operations.using import (
    Person,
    analyse,
    effect_done,
    note_effect,
    note_told,
    people_of,
    remove_effect,
    send,
)

__all__ = [
    "Found",
    "Person",
    "analyse",
    "correct",
    "drop",
    "effect_done",
    "enter",
    "name_reader",
    "note_effect",
    "note_told",
    "people_of",
    "remove_effect",
    "send",
    "take_up",
]
