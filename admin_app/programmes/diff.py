"""The difference between two texts of a programme, rubric by rubric, word by word. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from admin_app.core.formatting import euros, minutes_as_hours
from admin_app.programmes.text import Part, ProgrammeText
from admin_app.programmes.words import MODALITIES, PRICE_BASES, RECOGNITIONS, RUBRICS

Segments = list[tuple[str, str]]  # (« same », « added » or « removed »; the words)
TOO_FAR = 0.35  # below that likeness, word by word only confuses: the whole text is replaced
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Row:
    """One rubric, or one item of it. `kind`: same, changed, added, removed.

    `before` and `after` are texts, or segments when a part of the text changed.
    """

    label: str
    kind: str
    before: str | Segments
    after: str | Segments


def compare(
    before: ProgrammeText,
    after: ProgrammeText,
    trainers: tuple[Sequence[str], Sequence[str]] = ((), ()),
) -> list[Row]:
    """Every rubric of both texts, in reading order, with what changed.

    Args:
        trainers: the names of the trainers before and after.
    """
    rows: list[Row] = []
    for name, label in RUBRICS.items():
        if name == "objectives":
            rows += compare_lists(lambda _, n: f"Objectif {n}", before.objectives, after.objectives)
        elif name == "contents":
            rows += compare_lists(_part_label, before.contents, after.contents, _part_words)
        elif name == "trainers":
            rows.append(compare_texts(label, ", ".join(trainers[0]), ", ".join(trainers[1])))
        else:
            rows.append(compare_texts(label, _shown(before, name), _shown(after, name)))
    return [row for row in rows if row.before or row.after]


def changed(rows: Sequence[Row]) -> list[Row]:
    """Only what differs."""
    return [row for row in rows if row.kind != "same"]


def compare_texts(label: str, before: str, after: str) -> Row:
    """One rubric of text, word by word when both have something in common."""
    if before == after:
        return Row(label, "same", before, after)
    if not before:
        return Row(label, "added", "", [("added", after)])
    if not after:
        return Row(label, "removed", [("removed", before)], "")
    left, right = segments(before, after)
    return Row(label, "changed", left, right)


def segments(before: str, after: str) -> tuple[Segments, Segments]:
    """Both texts cut into what stays, what leaves (first) and what comes (second)."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < TOO_FAR:
        return [("removed", before)], [("added", after)]
    left: Segments = []
    right: Segments = []
    opcodes = matcher.get_opcodes()
    for rank, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        text = "".join(old[i1:i2])
        # a space between two changed words is a part of the change: crumbs are hard to read
        if tag == "equal" and (text.strip() or rank in {0, len(opcodes) - 1}):
            left.append(("same", text))
            right.append(("same", text))
            continue
        _join(left, "removed", text)
        _join(right, "added", "".join(new[j1:j2]))
    return left, right


def _join(side: Segments, op: str, text: str) -> None:
    if side and side[-1][0] == op:
        side[-1] = (op, side[-1][1] + text)
    elif text:
        side.append((op, text))


def compare_lists(
    label: Callable[..., str],
    before: Sequence[str] | Sequence[Part],
    after: Sequence[str] | Sequence[Part],
    words: Callable[..., str] = str,
) -> Iterator[Row]:
    """A list, item by item: moved items are shown as removed and added."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        pairs = zip_longest(range(i1, i2), range(j1, j2))
        for i, j in pairs:
            old = words(before[i]) if i is not None else ""
            new = words(after[j]) if j is not None else ""
            item = after[j] if j is not None else before[i]
            rank = (j if j is not None else i) + 1
            if tag == "equal":
                yield Row(label(item, rank), "same", old, new)
            else:
                yield compare_texts(label(item, rank), old, new)


def _part_label(part: Part, _rank: int) -> str:
    return f"Contenu, jour {part.day}"


def _part_words(part: Part) -> str:
    return "\n".join([f"Jour {part.day} – {part.title}", *(f"• {point}" for point in part.points)])


def _shown(text: ProgrammeText, name: str) -> str:
    value = getattr(text, name)
    if name == "duration_minutes":
        return minutes_as_hours(value)
    if name == "price":
        return euros(value)
    if name == "required_skills":
        return "\n".join(value)
    labels = {"modality": MODALITIES, "recognition": RECOGNITIONS, "price_basis": PRICE_BASES}
    if name in labels:
        return labels[name].get(value, "")
    return "" if value is None else str(value)
