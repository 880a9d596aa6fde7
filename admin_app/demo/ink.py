"""What people write with a finger: a line of one's own, the same whenever one signs."""

import math
from hashlib import sha256
from typing import Any

from admin_app.core.drawing import Ink, ink_of

Line = list[list[float]]


def chance(*words: object) -> int:
    """A whole number that depends on these words alone (never on the hour or the machine)."""
    told = "|".join(str(word) for word in words).encode()
    return int.from_bytes(sha256(told).digest()[:4])


def strokes_of(name: str) -> list[Line]:
    """A scribble: one wavy line a word of the name, and a flourish under it."""
    lines: list[Line] = []
    start = 20.0
    for rank, word in enumerate(name.split()):
        width = 34.0 + 16 * min(len(word), 9)
        lines.append(_wave(start, width, chance(name, rank)))
        start += width * 0.92
    lines.append([[14.0, 128.0], [start * 0.6, 121.0], [start + 24, 131.0]])
    return lines


def ink_for(name: str) -> Ink:
    """The signature of that person, ready to be kept: drawn, or for a few of them typed."""
    return ink_of(**as_signed(name), name=name)


def as_signed(name: str) -> dict[str, Any]:
    """The same as a page would hand it over: one in seven prefers to type."""
    if chance("typed", name) % 7 == 0:
        return {"way": "typed", "strokes": (), "typed_name": name}
    return {"way": "drawn", "strokes": strokes_of(name), "typed_name": ""}


def _wave(start: float, width: float, seed: int) -> Line:
    tall, turns = 26 + seed % 31, 2.2 + (seed >> 5) % 5 * 0.45
    lean, steps = (seed >> 9) % 13 - 6, 26
    line: Line = []
    for step in range(steps + 1):
        part = step / steps
        y = 84 - tall * math.sin(part * turns * math.tau) * (1 - 0.55 * part) + lean * part
        x = start + width * part + 7 * math.cos(part * turns * math.tau)
        line.append([round(x, 1), round(y, 1)])
    return line
