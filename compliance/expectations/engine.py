"""Applies the catalogue to facts: what is expected, for whom, by whom and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from compliance.errors import UnknownError
from compliance.expectations.conditions import CONDITIONS
from compliance.expectations.loader import catalogue as shipped
from compliance.expectations.model import Catalogue, ChronologyRule, Expectation, Piece
from compliance.expectations.registers import register_subject
from compliance.expectations.subjects import Subject, provider_subject, subjects_of
from compliance.facts import CohortFacts, ProviderFacts
from compliance.registers import Record
from compliance.vocabulary import Layer, ScopeKind
from compliance.wording import of_name

# What a discreet piece says instead of a name.
NOBODY_NAMED = "une personne de la session"


def expectations_of(
    facts: CohortFacts,
    catalogue: Catalogue | None = None,
    *,
    switched_off: Collection[str] = (),
) -> tuple[Expectation, ...]:
    """What the cohort is expected to leave, in a stable order: that of the catalogue, then
    that of the facts.

    A cancelled cohort owes nothing. ``switched_off`` names pieces of the layer « bonne
    pratique » that the organisation does without; ``UnknownError`` for any other piece: what
    a text or its guide asks for, or needs, cannot be switched off.
    """
    if facts.cancelled:
        return ()
    subjects = subjects_of(facts)
    found: list[Expectation] = []
    for piece in _kept(catalogue or shipped(), switched_off):
        if piece.scope is ScopeKind.PROVIDER or _is_too_recent(piece, facts):
            continue
        for subject in subjects.get(piece.scope, ()):
            if (expectation := _expect(piece, subject, facts.reference)) is not None:
                found.append(expectation)
    return tuple(found)


def provider_expectations(
    facts: ProviderFacts,
    catalogue: Catalogue | None = None,
    *,
    switched_off: Collection[str] = (),
) -> tuple[Expectation, ...]:
    """What the organisation itself is expected to hold, whatever the cohort."""
    subject = provider_subject(facts)
    return tuple(
        expectation
        for piece in _kept(catalogue or shipped(), switched_off)
        if piece.scope is ScopeKind.PROVIDER
        and (expectation := _expect(piece, subject, "")) is not None
    )


def register_expectations(
    records: Iterable[Record],
    catalogue: Catalogue | None = None,
    *,
    switched_off: Collection[str] = (),
) -> tuple[Expectation, ...]:
    """What is expected of each record of the registers, whatever the cohort: record by record,
    each in the order of the catalogue."""
    by_scope: dict[ScopeKind, list[Piece]] = {}
    for piece in _kept(catalogue or shipped(), switched_off):
        by_scope.setdefault(piece.scope, []).append(piece)
    found: list[Expectation] = []
    for subject in map(register_subject, records):
        for piece in by_scope.get(subject.kind, ()):
            if (expectation := _expect(piece, subject, "")) is not None:
                found.append(expectation)
    return tuple(found)


def _kept(catalogue: Catalogue, switched_off: Collection[str]) -> Iterator[Piece]:
    for key in switched_off:
        piece = catalogue.piece(key)
        if not piece.is_optional:
            raise UnknownError(f"« {piece.title} » ne se désactive pas : {why_kept(piece)}.")
    return (piece for piece in catalogue.pieces if piece.key not in switched_off)


def why_kept(piece: Piece) -> str:
    """Why a piece cannot be switched off, to follow « ne se désactive pas : »."""
    if piece.layer is Layer.OURS:
        return "la forme est une bonne pratique, mais un texte demande que ce soit fait"
    return f"c’est une {piece.layer.label}" if piece.layer is Layer.LAW else "le guide le demande"


def _is_too_recent(piece: Piece, cohort: CohortFacts) -> bool:
    """The piece was first expected after the cohort started: it cannot be asked of the past."""
    return piece.since is not None and cohort.starts_on < piece.since


def _expect(piece: Piece, subject: Subject, reference: str) -> Expectation | None:
    for name in piece.conditions:
        if not CONDITIONS[name].holds(subject):
            return None
    due_on = _due_on(piece, subject)
    if due_on is None or _is_over(piece, subject, due_on):
        return None
    return _expectation(piece, subject, due_on, reference)


def _due_on(piece: Piece, subject: Subject) -> date | None:
    """The due day; ``None`` when the subject lacks the anchor (never asked, never left)."""
    day = subject.anchors.get(piece.anchor)
    if day is None:
        return None
    due_on = day + timedelta(days=piece.offset_days)
    if piece.latest_offset_days is not None:
        due_on = min(due_on, subject.anchors["start"] + timedelta(days=piece.latest_offset_days))
    if piece.anchor == "accommodation":
        due_on = max(due_on, day)
    if subject.exists_from is not None and subject.exists_from > due_on:
        due_on = subject.exists_from
    if piece.since is not None and "start" not in subject.anchors:
        due_on = max(due_on, piece.since)
    return due_on


def _is_over(piece: Piece, subject: Subject, due_on: date) -> bool:
    """The subject had left when the piece fell due (the reason for leaving stays owed)."""
    return subject.until is not None and piece.anchor != "departure" and due_on >= subject.until


def _expectation(piece: Piece, subject: Subject, due_on: date, reference: str) -> Expectation:
    owed_by, sentence = piece.owed_by, piece.sentence
    if piece.halfway is not None and CONDITIONS[piece.halfway.condition].holds(subject):
        owed_by, sentence = piece.halfway.owed_by, piece.halfway.sentence
    owed_name = subject.owners.get(owed_by) or owed_by.label
    name = NOBODY_NAMED if piece.discreet else subject.name
    if "{" in sentence:
        words = {"for": name, "of_for": of_name(name), "owed": owed_name, "cohort": reference}
        sentence = sentence.format_map(words)
    deadline, deadline_day = _bound(piece.deadline, subject)
    earliest, earliest_day = _bound(piece.earliest, subject)
    floor = _no_sooner(subject)
    if deadline is not None and floor is not None:
        deadline = max(deadline, floor)
    return Expectation(
        piece=piece.key,
        scope_kind=subject.kind,
        scope_key=subject.key,
        for_name=name,
        owed_by=owed_by,
        owed_name=owed_name,
        due_on=due_on,
        must_occur_by=deadline,
        title=piece.title,
        sentence=sentence,
        act=piece.act,
        requirements=piece.requirements,
        must_not_occur_before=earliest,
        chronology_day=deadline_day or earliest_day,
        needed_until=subject.needed_until,
    )


def _no_sooner(subject: Subject) -> date | None:
    """No date is odd on that day or before. An enrolment written late excuses nothing by itself:
    only whoever takes part from a later day than the first could not be told before."""
    if subject.enrolment is None:
        return subject.exists_from
    first = subject.enrolment.takes_part_from
    return first if first is not None and first > subject.anchors["start"] else None


def _bound(rule: ChronologyRule | None, subject: Subject) -> tuple[date | None, date | None]:
    """The bound that a chronology rule sets for a subject, and the day of its anchor."""
    if rule is None:
        return None, None
    day = subject.anchors.get(rule.anchor)
    return (None, None) if day is None else (day + timedelta(days=rule.offset_days), day)
