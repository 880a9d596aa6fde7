"""Matches evidence with expectations, and looks at what its dates tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from operator import attrgetter

from compliance.coverage.model import Matched, Oddity, PieceCoverage
from compliance.coverage.status import piece_status
from compliance.expectations import Catalogue, ChronologyRule, Expectation, Piece
from compliance.facts import EvidenceFact
from compliance.vocabulary import EvidenceFlag, OddityKind, Outcome, PieceStatus, ScopeKind
from compliance.wording import NBSP, counted, day_words

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
    """The status of one matched expectation on the day ``as_of``."""
    expectation = matched.expectation
    piece = catalogue.piece(expectation.piece)
    if not matched.evidence:
        status = piece_status(
            due_on=expectation.due_on, outcome=None, is_odd=False, tried_counts=False, as_of=as_of
        )
        return PieceCoverage(expectation, status, (), (), ())
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
    """The « incohérences de date » of one piece of evidence that nobody has explained."""
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
