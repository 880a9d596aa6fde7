"""What to do next, as pages show it: each act, where it is done, and what it settles."""

from collections.abc import Mapping
from typing import Any

from admin_app.coverage.views import act_of, citations
from admin_app.practices.queries import book
from compliance.coverage import Coverage, Step, Turn, next_steps
from compliance.vocabulary import CoverageStatus, PieceStatus, ScopeKind
from compliance.wording import NBSP, counted, day_words, joined, some_names

OF_COHORT = frozenset(
    {
        ScopeKind.COHORT,
        ScopeKind.PROGRAMME,
        ScopeKind.CLIENT,
        ScopeKind.ENROLMENT,
        ScopeKind.HALF_DAY,
        ScopeKind.MARK,
        ScopeKind.TRAINER,
        ScopeKind.TRAINER_IN_COHORT,
        ScopeKind.ADAPTATION,
        ScopeKind.ACCOMMODATION,
        ScopeKind.COMPLAINT,
    }
)
_AFTER = {
    CoverageStatus.COVERED: "à « couvert »",
    CoverageStatus.UPCOMING: "à « à venir »",
    CoverageStatus.AWAITED: "à « texte attendu »",
}


def step_views(coverage: Coverage, cohort_id: int | None, *, most: int = 5) -> dict[str, Any]:
    """The list for `coverage/_steps.html`: its steps, and one sentence that sums it up.

    Of a cohort, its own pieces alone: what the organisation owes has its own page.
    """
    scopes = None if cohort_id is None else OF_COHORT
    steps = next_steps(coverage, most=most, scopes=scopes, catalogue=book())
    found = {
        (one.piece, one.scope_kind, one.scope_key): one.key
        for piece in coverage.pieces
        for one in piece.evidence
    }
    return {
        "steps": [_view(step, cohort_id, found) for step in steps],
        "sentence": _sentence(steps, "" if cohort_id is None else ", côté session"),
        "is_own": cohort_id is not None,
        "next_due": _next_due(coverage, scopes) if not steps else None,
        "elsewhere": _elsewhere(coverage) if cohort_id is not None else 0,
    }


def _view(
    step: Step, cohort_id: int | None, evidence: Mapping[tuple[str, ScopeKind, int], int]
) -> dict[str, Any]:
    first = step.gaps[0]
    url, words = act_of(first, cohort_id, evidence)
    alone = len(step.gaps) == 1
    return {
        "what": first.title,
        "whom": some_names([gap.for_name for gap in step.gaps]),
        "number": len(step.gaps),
        "why": first.sentence if alone else "",
        "status": first.status,
        "due": min(gap.due_on for gap in step.gaps),
        "owed_by": first.owed_name if len({gap.owed_name for gap in step.gaps}) == 1 else "",
        "turns": _turns(step.turns),
        "citations": citations(first.layer, first.citations),
        "act_url": url,
        "act_label": words,
    }


def _turns(turns: tuple[Turn, ...]) -> str:
    """Which indicators pass to « couvert », or have nothing late any more; empty for none."""
    parts = []
    for status, words in _AFTER.items():
        numbers = [str(turn.indicator.number) for turn in turns if turn.after is status]
        if numbers:
            which = "l’indicateur" if len(numbers) == 1 else "les indicateurs"
            parts.append(f"{which} {joined(numbers)} {words}")
    return joined(parts)


def _sentence(steps: tuple[Step, ...], side: str) -> str:
    """What the list would change; `side` says that the house may still owe something there."""
    turned = [turn for step in steps for turn in step.turns]
    if not turned:
        return ""
    acts = "Un seul acte ferait" if len(steps) == 1 else f"{len(steps)} actes feraient"
    covered = [turn for turn in turned if turn.after is CoverageStatus.COVERED]
    rest = len(turned) - len(covered)
    if not covered:
        enough = "suffirait" if len(steps) == 1 else "suffiraient"
        acts = "Un seul acte" if len(steps) == 1 else f"{len(steps)} actes"
        which = "un indicateur n’ait" if rest == 1 else f"{rest} indicateurs n’aient"
        return f"{acts} {enough} pour que {which} plus rien en retard{side}."
    said = f"{acts} passer {counted(len(covered), 'indicateur')} à « couvert »"
    if rest:
        which = "un autre n’aurait" if rest == 1 else f"{rest} autres n’auraient"
        said += f" ; {which} plus rien en retard"
    return f"{said}{side}."


def _elsewhere(coverage: Coverage) -> int:
    """How many pieces press that are not the cohort's own."""
    pressing = (PieceStatus.LATE, PieceStatus.REVIEW)
    return sum(
        1 for gap in coverage.gaps if gap.status in pressing and gap.scope_kind not in OF_COHORT
    )


def _next_due(coverage: Coverage, scopes: frozenset[ScopeKind] | None) -> str:
    """What comes next when nothing presses: « Convocation : Nadia B., le 2 décembre 2026 »."""
    coming = [
        gap
        for gap in coverage.gaps
        if gap.status is PieceStatus.UPCOMING and (scopes is None or gap.scope_kind in scopes)
    ]
    if not coming:
        return ""
    first = coming[0]
    same = [gap for gap in coming if (gap.piece, gap.due_on) == (first.piece, first.due_on)]
    names = some_names([gap.for_name for gap in same])
    return f"{first.title}{NBSP}: {names}, le {day_words(first.due_on)}"
