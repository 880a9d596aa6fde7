"""Matches evidence with expectations, and looks at what its dates tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from operator import attrgetter

from compliance.coverage.model import Matched, Oddity, PieceCoverage
from compliance.coverage.status import piece_status
from compliance.expectations import Catalogue, ChronologyRule, Expectation, Piece
from compliance.facts import EvidenceFact
from compliance.vocabulary import (
    EvidenceFlag,
    OddityKind,
    Outcome,
    PieceStatus,
    ReviewDecision,
    ScopeKind,
)
from compliance.wording import NBSP, counted, day_words, of_name

_recorded = attrgetter("recorded_at", "key")


def local_day(at: datetime, zone: tzinfo) -> date:
    """The day of an instant where the organisation lives."""
    return at.astimezone(zone).date()


def counting(
    evidence: Iterable[EvidenceFact], as_of: date, zone: tzinfo
) -> tuple[EvidenceFact, ...]:
    """The evidence that counted at the end of the day ``as_of`` (in ``zone``).

    Recorded or occurred later, or withdrawn by then: it does not count.
    """
    # The end of the day as one UTC instant: comparing is far cheaper than converting each.
    end = datetime.combine(as_of + timedelta(days=1), time(), zone).astimezone(UTC)
    return tuple(
        fact
        for fact in evidence
        if fact.occurred_on <= as_of
        and fact.recorded_at < end
        and (fact.withdrawn_at is None or fact.withdrawn_at >= end)
    )


def match(expectations: Iterable[Expectation], evidence: Iterable[EvidenceFact]) -> list[Matched]:
    """Each expectation with its evidence (same piece, same scope), oldest recorded first.

    Evidence that nothing expects is left aside: it proves no less, it is not asked for.
    """
    index: dict[tuple[str, ScopeKind, int], list[EvidenceFact]] = {}
    for fact in evidence:
        index.setdefault((fact.piece, fact.scope_kind, fact.scope_key), []).append(fact)
    for found in index.values():
        if len(found) > 1:
            found.sort(key=_recorded)
    return [Matched(one, tuple(index.get(one.identity, ()))) for one in expectations]


def assess(matched: Matched, catalogue: Catalogue, as_of: date, zone: tzinfo) -> PieceCoverage:
    """The status of one matched expectation on the day ``as_of``.

    The best of what is fresh that day decides: a piece obtained without anything odd, else one
    to be looked at, else one asked for in vain. What a person set aside does not count.
    """
    expectation, evidence = matched.expectation, matched.evidence
    piece = catalogue.piece(expectation.piece)
    if not evidence:
        status = PieceStatus.LATE if as_of > expectation.due_on else PieceStatus.UPCOMING
        return PieceCoverage(expectation, status, (), (), ())
    if piece.fresh_days is None and not any(f.valid_until or f.review for f in evidence):
        return _assess_lasting(matched, piece, catalogue, as_of, zone)
    standing, mentions = _standing(evidence, expectation)
    fresh, expired = _sorted_by_freshness(standing, expectation, piece, as_of)
    obtained = [fact for fact in fresh if fact.outcome is Outcome.OBTAINED]
    oddities = _open_oddities(obtained, expectation, catalogue, zone) if obtained else ()
    best = _best(fresh, obtained, oddities, expectation, catalogue, zone)
    fresh_until = _fresh_until(best, expired, expectation, piece)
    if fresh_until is not None and fresh_until > expectation.due_on:
        expectation = replace(expectation, due_on=fresh_until)
    status = piece_status(
        due_on=expectation.due_on,
        outcome=Outcome.OBTAINED if obtained else Outcome.TRIED if fresh else None,
        is_odd=bool(oddities),
        tried_counts=piece.tried_counts,
        as_of=as_of,
    )
    if fresh:
        mentions += _mentions(Matched(expectation, fresh), piece, catalogue, status)
    return PieceCoverage(expectation, status, fresh, oddities, mentions, expired, fresh_until)


def _assess_lasting(
    matched: Matched, piece: Piece, catalogue: Catalogue, as_of: date, zone: tzinfo
) -> PieceCoverage:
    """The same, for what never expires and nobody has looked at: by far the most common."""
    expectation = matched.expectation
    obtained = [fact for fact in matched.evidence if fact.outcome is Outcome.OBTAINED]
    oddities = _open_oddities(obtained, expectation, catalogue, zone)
    status = piece_status(
        due_on=expectation.due_on,
        outcome=Outcome.OBTAINED if obtained else Outcome.TRIED,
        is_odd=bool(oddities),
        tried_counts=piece.tried_counts,
        as_of=as_of,
    )
    mentions = _mentions(matched, piece, catalogue, status)
    return PieceCoverage(expectation, status, matched.evidence, oddities, mentions)


def _standing(
    evidence: tuple[EvidenceFact, ...], expectation: Expectation
) -> tuple[tuple[EvidenceFact, ...], tuple[str, ...]]:
    """What nobody set aside, and what is said of the rest."""
    kept = tuple(fact for fact in evidence if fact.review is not ReviewDecision.REJECTED)
    if len(kept) == len(evidence):
        return evidence, ()
    gone = len(evidence) - len(kept)
    what = "une pièce a été écartée" if gone == 1 else f"{gone} pièces ont été écartées"
    named = f"{expectation.title}, {expectation.for_name}{NBSP}: "
    return kept, (f"{named}{what} par l’équipe après examen.",)


def last_day(fact: EvidenceFact, piece: Piece) -> date | None:
    """The last day on which a piece of evidence counts, inclusive; ``None``: for ever."""
    if piece.fresh_days is None:
        return fact.valid_until
    fresh = fact.occurred_on + timedelta(days=piece.fresh_days)
    return fresh if fact.valid_until is None else min(fresh, fact.valid_until)


def _sorted_by_freshness(
    evidence: tuple[EvidenceFact, ...], expectation: Expectation, piece: Piece, as_of: date
) -> tuple[tuple[EvidenceFact, ...], tuple[EvidenceFact, ...]]:
    """What counts on that day, and what no longer does.

    Of what is past, what was fresh to its end stays proved: the day looked at is then the last
    on which it was needed.
    """
    needed = expectation.needed_until
    day = as_of if needed is None else min(as_of, needed)
    fresh: list[EvidenceFact] = []
    expired: list[EvidenceFact] = []
    for fact in evidence:
        last = last_day(fact, piece)
        (fresh if last is None or last >= day else expired).append(fact)
    return tuple(fresh), tuple(expired)


def _best(
    fresh: Sequence[EvidenceFact],
    obtained: Sequence[EvidenceFact],
    oddities: Sequence[Oddity],
    expectation: Expectation,
    catalogue: Catalogue,
    zone: tzinfo,
) -> Sequence[EvidenceFact]:
    """The facts that decide the status: their freshness is that of the piece."""
    if not obtained or oddities or len(obtained) == 1:
        return obtained or fresh
    return [f for f in obtained if not oddities_of(f, expectation, catalogue, zone)]


def _fresh_until(
    best: Sequence[EvidenceFact],
    expired: Sequence[EvidenceFact],
    expectation: Expectation,
    piece: Piece,
) -> date | None:
    """The last day on which the piece counts, or counted; ``None``: it has no end."""
    if best and best[0].outcome is Outcome.TRIED and not piece.tried_counts:
        best = ()
    decides = best or [f for f in expired if piece.tried_counts or f.outcome is Outcome.OBTAINED]
    days = [last_day(fact, piece) for fact in decides]
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return None
    needed = expectation.needed_until
    return None if best and needed is not None and max(known) >= needed else max(known)


def _open_oddities(
    obtained: Sequence[EvidenceFact], expectation: Expectation, catalogue: Catalogue, zone: tzinfo
) -> tuple[Oddity, ...]:
    """What is odd in the piece, unless one piece of evidence at least has nothing odd."""
    kept: tuple[Oddity, ...] = ()
    for fact in obtained:
        found = oddities_of(fact, expectation, catalogue, zone)
        if not found:
            return ()
        kept = kept or found
    return kept


def oddities_of(
    fact: EvidenceFact, expectation: Expectation, catalogue: Catalogue, zone: tzinfo
) -> tuple[Oddity, ...]:
    """The « incohérences de date » of one piece of evidence that nobody has explained.

    A person who accepted the piece has cleared them; one who marked it « à examiner » makes it
    so, whatever its dates.
    """
    if fact.review is ReviewDecision.ACCEPTED:
        return ()
    if fact.review is ReviewDecision.TO_EXAMINE:
        return (_to_examine(fact, expectation, catalogue),)
    if EvidenceFlag.EXPLAINED in fact.flags:
        return ()
    piece = catalogue.piece(expectation.piece)
    found: list[Oddity] = []
    by, after = expectation.must_occur_by, expectation.must_not_occur_before
    if by is not None and piece.deadline and fact.occurred_on > by:
        found.append(_told(piece.deadline, OddityKind.AFTER_DEADLINE, fact, expectation, by))
    if after is not None and piece.earliest and fact.occurred_on < after:
        found.append(_told(piece.earliest, OddityKind.TOO_EARLY, fact, expectation, after))
    late = _recorded_late(fact, expectation, catalogue, zone)
    return (*found, late) if late else tuple(found)


def _to_examine(fact: EvidenceFact, expectation: Expectation, catalogue: Catalogue) -> Oddity:
    rule = catalogue.to_examine
    sentence = rule.sentence.format(
        **{
            "title": expectation.title,
            "for": expectation.for_name,
            "occurred": day_words(fact.occurred_on),
        }
    )
    return Oddity(OddityKind.TO_EXAMINE, sentence, rule.layer, rule.citations, fact.key)


def _told(
    rule: ChronologyRule,
    kind: OddityKind,
    fact: EvidenceFact,
    expectation: Expectation,
    limit: date,
) -> Oddity:
    anchor = expectation.chronology_day or limit
    is_same_day = fact.occurred_on == anchor and rule.same_day
    sentence = (rule.same_day if is_same_day else rule.sentence).format(
        **{
            "for": expectation.for_name,
            "of_for": of_name(expectation.for_name),
            "occurred": day_words(fact.occurred_on),
            "anchor": day_words(anchor),
            "limit": day_words(limit),
        }
    )
    return Oddity(kind, sentence, rule.layer, rule.citations, fact.key)


def _recorded_late(
    fact: EvidenceFact, expectation: Expectation, catalogue: Catalogue, zone: tzinfo
) -> Oddity | None:
    rule = catalogue.recorded_late
    # A zone moves the day by one at most: most pieces are cleared without converting.
    if (fact.recorded_at.date() - fact.occurred_on).days < rule.days:
        return None
    recorded_on = local_day(fact.recorded_at, zone)
    lag = (recorded_on - fact.occurred_on).days
    if lag <= rule.days or fact.piece in rule.exceptions:
        return None
    if EvidenceFlag.RETROACTIVE in fact.flags:
        return None
    sentence = rule.sentence.format(
        **{
            "title": expectation.title,
            "for": expectation.for_name,
            "occurred": day_words(fact.occurred_on),
            "recorded": day_words(recorded_on),
            "lag": counted(lag, "jour"),
        }
    )
    return Oddity(OddityKind.RECORDED_LATE, sentence, rule.layer, rule.citations, fact.key)


def _mentions(
    matched: Matched, piece: Piece, catalogue: Catalogue, status: PieceStatus
) -> tuple[str, ...]:
    """What is shown openly: flags, explained dates, what was asked for in vain."""
    if status is PieceStatus.COVERED and not any(fact.flags for fact in matched.evidence):
        return ()
    said: list[str] = []
    for fact in matched.evidence:
        for flag in fact.flags:
            sentence = _flag_sentence(flag, fact, matched.expectation, catalogue)
            if sentence and sentence not in said:
                said.append(sentence)
    if status is not PieceStatus.COVERED and any(
        fact.outcome is Outcome.TRIED for fact in matched.evidence
    ):
        said.append(f"{piece.title}, {matched.expectation.for_name}{NBSP}: {piece.tried}")
    return tuple(said)


def _flag_sentence(
    flag: str, fact: EvidenceFact, expectation: Expectation, catalogue: Catalogue
) -> str:
    mention = catalogue.mentions.get(flag)
    if mention is None:
        return ""
    return mention.sentence.format(
        **{"title": expectation.title, "for": expectation.for_name, "note": fact.note}
    )
