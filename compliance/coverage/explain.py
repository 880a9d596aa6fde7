"""The French sentences of coverage: what is there, what is missing, for whom, since when.

The wording explains; it never accuses and never says « conforme ».
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from compliance.coverage.model import PieceCoverage
from compliance.expectations import Piece
from compliance.vocabulary import PieceStatus
from compliance.wording import NBSP, counted, day_words, some_names

NOTHING_EXPECTED = "Rien n’est attendu à ce titre pour l’instant."
NOT_IN_CATALOGUE = (
    "Liasse ne suit pas encore cet indicateur : à préparer hors du logiciel.".replace(
        " :", f"{NBSP}:"
    )
)
CANCELLED = "La session est annulée : rien n’est attendu.".replace(" :", f"{NBSP}:")


def gap_sentence(found: PieceCoverage, as_of: date) -> str:
    """One gap in full: what for whom, owed by whom, due when."""
    expectation = found.expectation
    if found.status is PieceStatus.REVIEW and found.oddities:
        return " ".join(oddity.sentence for oddity in found.oddities)
    before = _expired(found)
    due = f"{NBSP}: {day_words(expectation.due_on)}"
    if expectation.owed_name == expectation.for_name:
        told = f"{before}{expectation.sentence} Échéance{due}"
    else:
        told = f"{before}{expectation.sentence} À faire par {expectation.owed_name}, échéance{due}"
    if found.status is PieceStatus.LATE:
        days = counted((as_of - expectation.due_on).days, "jour")
        return f"{told}, dépassée de {days}."
    return f"{told}."


def _expired(found: PieceCoverage) -> str:
    """What was there and no longer counts, for its date alone."""
    if not found.expired or found.fresh_until is None:
        return ""
    last = max(found.expired, key=lambda fact: fact.occurred_on)
    return (
        f"La pièce du {day_words(last.occurred_on)} comptait jusqu’au "
        f"{day_words(found.fresh_until)}. "
    )


def piece_reasons(piece: Piece, found: Sequence[PieceCoverage]) -> list[str]:
    """What can be said of one kind of piece within an indicator, worst first."""
    by_status: dict[PieceStatus, list[PieceCoverage]] = {}
    for one in found:
        by_status.setdefault(one.status, []).append(one)
    total = len(found)
    reasons: list[str] = []
    if late := by_status.get(PieceStatus.LATE):
        reasons.append(_missing(piece, late, total))
    for one in by_status.get(PieceStatus.REVIEW, ()):
        reasons.extend(oddity.sentence for oddity in one.oddities)
    if upcoming := by_status.get(PieceStatus.UPCOMING):
        reasons.append(_upcoming(piece, upcoming, total))
    if tried := by_status.get(PieceStatus.TRIED):
        names = some_names([one.expectation.for_name for one in tried])
        reasons.append(f"{piece.title}{NBSP}: demande faite, sans réponse à ce jour ({names}).")
    if covered := by_status.get(PieceStatus.COVERED):
        reasons.append(_covered(piece, covered, total))
    for one in found:
        reasons.extend(mention for mention in one.mentions if mention not in reasons)
    return reasons


def _missing(piece: Piece, late: Sequence[PieceCoverage], total: int) -> str:
    since = day_words(min(one.expectation.due_on for one in late))
    if total == 1:
        told = f"{_expired(late[0])}{late[0].expectation.sentence}"
        return f"{told} Échéance dépassée depuis le {since}."
    names = some_names([one.expectation.for_name for one in late])
    return (
        f"{piece.title}{NBSP}: il en manque {len(late)} sur {total} ({names}), "
        f"échéance dépassée depuis le {since}."
    )


def _upcoming(piece: Piece, upcoming: Sequence[PieceCoverage], total: int) -> str:
    due = day_words(min(one.expectation.due_on for one in upcoming))
    if total == 1:
        return f"{upcoming[0].expectation.sentence} Échéance{NBSP}: {due}."
    return f"{piece.title}{NBSP}: {len(upcoming)} sur {total} à venir, dès le {due}."


def _covered(piece: Piece, covered: Sequence[PieceCoverage], total: int) -> str:
    if total == 1:
        return _covered_one(piece, covered[0])
    return f"{piece.title}{NBSP}: {len(covered)} sur {total}."


def _covered_one(piece: Piece, one: PieceCoverage) -> str:
    """The day of the piece and, when it expires, the last day on which it counts."""
    days = [fact.occurred_on for fact in one.evidence]
    told = f"{piece.title}{NBSP}: pièce du {day_words(min(days))}"
    if one.fresh_until is None:
        return f"{told}."
    newest = day_words(max(days))
    return f"{piece.title}{NBSP}: pièce du {newest}, à renouveler le {day_words(one.fresh_until)}."
