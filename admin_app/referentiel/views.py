"""What pages show of the référentiel, in the shapes of their templates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from admin_app.coverage.views import citations
from admin_app.practices.queries import Without
from compliance import expectations as rules
from compliance.citations import Citation
from compliance.expectations import Piece
from compliance.referentiel import Applicability, Change, Edition, Indicator, load
from compliance.vocabulary import Layer, Publication
from compliance.wording import counted


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of the list: whether it applies to the organisation, and if not why."""

    indicator: Indicator
    applies: bool
    reason: str
    url: str
    pieces: int


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece hung on a requirement, in words."""

    piece: Piece
    owed_by: str
    due: str
    fresh: str
    citations: list[dict[str, Any]]
    without: Without | None


def lines(edition: Edition, found: Applicability) -> dict[int, list[Line]]:
    """The indicators by criterion."""
    aside = {one.indicator.key: one.reason for one in found.not_applicable}
    by_criterion: dict[int, list[Line]] = {one.number: [] for one in edition.criteria}
    for one in edition.indicators:
        by_criterion[one.criterion].append(
            Line(
                indicator=one,
                applies=one.key not in aside,
                reason=aside.get(one.key, ""),
                url=url_for("referentiel_office.indicator", edition=edition.key, key=one.key),
                pieces=len(pieces_of(one.key, edition)),
            )
        )
    return by_criterion


def pieces_of(key: str, edition: Edition) -> list[Piece]:
    """The pieces that serve a requirement in an edition, in the order of the catalogue."""
    return [piece for piece in rules.catalogue().pieces if piece.serves(key, edition.key)]


def piece_lines(
    pieces: Iterable[Piece], edition: Edition | None, without: Mapping[str, Without]
) -> list[PieceLine]:
    """The pieces in words, with the citations that hold in that edition (any edition: None)."""
    return [
        PieceLine(
            piece=piece,
            owed_by=owed_words(piece.owed_by.label),
            due=due_words(piece),
            fresh=fresh_words(piece),
            citations=cited(piece.layer, piece.citations, edition),
            without=without.get(piece.key),
        )
        for piece in pieces
    ]


def cited(
    layer: Layer, found: Iterable[Citation], edition: Edition | None = None
) -> list[dict[str, Any]]:
    """Citations with who speaks, and why they are provisional when they are."""
    kept = [one for one in found if edition is None or one.edition in ("", edition.key)]
    return [
        shown | {"why": one.why if one.provisional else "", "consulted_on": one.consulted_on}
        for one, shown in zip(kept, citations(layer, tuple(kept)), strict=True)
    ]


def former_guide(edition: Edition, key: str) -> Indicator | None:
    """What the last guide that could be read said, while that of the edition is awaited."""
    if edition.reading.status is not Publication.AWAITED:
        return None
    for former in reversed(load().editions):
        if former.applies_from < edition.applies_from and former.has(key):
            found = former.by_key(key)
            return found if found.expected else None
    return None


def change_of(edition: Edition, key: str) -> Change | None:
    """What the edition changed of a requirement, compared with the one before."""
    for step in load().steps:
        if step.after == edition.key:
            return next((one for one in step.changes if one.key == key), None)
    return None


ANCHORS = {
    "start": "le début",
    "end": "la fin",
    "half-day": "la demi-journée",
    "absence": "l’absence",
    "departure": "le départ",
    "accommodation": "la demande",
    "adaptation": "la demande",
    "first-mission": "la première mission",
    "activity-start": "le début de l’activité",
    "first-subcontractor": "la première sous-traitance",
    "entry": "l’entrée au catalogue",
    "published": "la publication",
    "arrival": "l’arrivée",
    "engagement": "l’engagement",
    "first-use": "la première utilisation",
    "first-funded": "le premier financement",
    "received": "la réception",
    "planned": "la date prévue",
    "done": "la réalisation",
    "opened": "l’ouverture",
}


def owed_words(label: str) -> str:
    """« du ou de la responsable qualité », from the label of an owner with its article."""
    if label.startswith("le "):
        return f"du {label[3:]}".replace(" ou la ", " ou de la ")
    return f"de {label}"


def due_words(piece: Piece) -> str:
    """When a piece is due, in words: « 1 jour avant le début », « dès la réception »."""
    days, name = piece.offset_days, ANCHORS[piece.anchor]
    if days == 0:
        return f"dès {name}"
    return f"{_length(abs(days))} {'après' if days > 0 else 'avant'} {name}"


def fresh_words(piece: Piece) -> str:
    """How long a piece counts, in words; nothing when for ever."""
    return f"vaut {_length(piece.fresh_days)}" if piece.fresh_days else ""


def _length(days: int) -> str:
    """« 7 jours », « 1 an », « 3 ans »."""
    years, rest = divmod(days, 365)
    return counted(years, "an") if years and not rest else counted(days, "jour")
