"""A signature as it is received and kept: drawn, or one's name typed; both are equal.

What a browser sends is never trusted: only numbers are kept, scaled into one box, so that what is
shown later as SVG can hold nothing else.
"""

import json
import math
import unicodedata
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from admin_app.core.errors import Refused

# Words that many names hold: written alone, they are nobody's name.
_PARTICLES = """al ben bin da dal de del della den der des di do dos du el la las le les los mac san
van vom von zu"""
PARTICLES = frozenset(_PARTICLES.split())

WIDTH, HEIGHT, MARGIN = 600, 200, 10
MOST_STROKES, MOST_POINTS = 120, 4_000
MOST_TEXT = 200_000
SHORTEST = 60  # a line drawn, in pixels of the pad: less is a slip of the finger
LARGEST = 20_000
UNREADABLE = "Cette signature n’a pas pu être lue. Effacez et recommencez, ou écrivez votre nom."

Strokes = list[list[list[int]]]


@dataclass(frozen=True, slots=True)
class Ink:
    """A signature ready to be kept: `way` is drawn or typed."""

    way: str
    strokes: Strokes
    typed_name: str


def ink_of(*, way: str, strokes: Sequence[Any], typed_name: str, name: str) -> Ink:
    """What was drawn or typed, once checked.

    Args:
        way: drawn or typed.
        strokes: lines of [x, y] points in pixels of the pad, when drawn.
        typed_name: when typed; it must be the signer's, `name`.

    Raises:
        Refused: nothing was drawn, or the name typed is someone else's.
    """
    if way == "drawn":
        return Ink("drawn", fitted(read_strokes(strokes)), "")
    typed = " ".join(typed_name.split())
    if not typed:
        raise Refused("Signez dans le cadre, ou écrivez votre prénom et votre nom.", "typed")
    expected = _names_of(name)
    if expected and not _names_of(typed) & expected:
        raise Refused(f"Écrivez votre nom tel qu’il figure ici : {name}.", "typed")
    return Ink("typed", [], typed[:120])


def parse(text: str) -> list[Any]:
    """The strokes in what a page sends: `{"w", "h", "strokes"}`; none when it is empty.

    Raises:
        Refused: it is not that.
    """
    if not text.strip():
        return []
    if len(text) > MOST_TEXT:
        raise Refused(UNREADABLE, "drawn")
    try:
        found = json.loads(text)["strokes"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused(UNREADABLE, "drawn") from None
    if not isinstance(found, list):
        raise Refused(UNREADABLE, "drawn")
    return found


def read_strokes(strokes: Sequence[Any]) -> list[list[tuple[float, float]]]:
    """The lines drawn, nothing but finite numbers.

    Raises:
        Refused: too many, too few, or not numbers.
    """
    if not isinstance(strokes, list | tuple) or len(strokes) > MOST_STROKES:
        raise Refused(UNREADABLE, "drawn")
    read = [[_point(point) for point in _listed(line)] for line in strokes]
    if sum(len(line) for line in read) > MOST_POINTS:
        raise Refused(UNREADABLE, "drawn")
    drawn = sum(math.dist(a, b) for line in read for a, b in pairwise(line))
    if drawn < SHORTEST:
        raise Refused("Signez dans le cadre, ou écrivez votre prénom et votre nom.", "drawn")
    return [line for line in read if line]


def fitted(lines: list[list[tuple[float, float]]]) -> Strokes:
    """The same drawing, proportions kept, within the box that every signature fills."""
    xs = [x for line in lines for x, _ in line]
    ys = [y for line in lines for _, y in line]
    start_x, start_y = min(xs), min(ys)
    wide, high = max(xs) - start_x, max(ys) - start_y
    room_x, room_y = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    scale = min(room_x / max(wide, 1), room_y / max(high, 1), 2.0)
    left, top = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    return [
        _without_repeats(
            [
                [round(left + (x - start_x) * scale), round(top + (y - start_y) * scale)]
                for x, y in line
            ]
        )
        for line in lines
    ]


def drawing(strokes: Sequence[Any]) -> dict[str, Any] | None:
    """What `signature_mark` shows; None when nothing was drawn."""
    return {"w": WIDTH, "h": HEIGHT, "strokes": strokes} if strokes else None


def svg_uri(strokes: Sequence[Any]) -> str:
    """The drawing as a picture that a document can hold (`data:`); empty when nothing was drawn."""
    if not strokes:
        return ""
    lines = "".join(
        f'<polyline points="{" ".join(f"{x},{y}" for x, y in line)}"/>' for line in strokes
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" '
        'stroke="#1b2330" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">'
        f"{lines}</svg>"
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _without_repeats(line: list[list[int]]) -> list[list[int]]:
    return [point for rank, point in enumerate(line) if rank == 0 or point != line[rank - 1]]


def _listed(line: Any) -> Sequence[Any]:
    if not isinstance(line, list | tuple):
        raise Refused(UNREADABLE, "drawn")
    return line


def _point(point: Any) -> tuple[float, float]:
    if not isinstance(point, list | tuple) or len(point) != 2:
        raise Refused(UNREADABLE, "drawn")
    for number in point:
        is_number = isinstance(number, int | float) and not isinstance(number, bool)
        if not is_number or not -LARGEST <= number <= LARGEST:  # refuses NaN as well
            raise Refused(UNREADABLE, "drawn")
    return float(point[0]), float(point[1])


def _names_of(text: str) -> set[str]:
    """The words of a name without case nor accents; its particles say nothing of who signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(
        one if one.isalnum() else " " for one in plain if not unicodedata.combining(one)
    )
    words = {word for word in letters.split() if len(word) > 1}
    return words - PARTICLES or words
