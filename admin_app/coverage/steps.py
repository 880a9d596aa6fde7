"""What to do next, as pages show it: each act, where it is done, and what it settles."""

from typing import Any

from admin_app.coverage.acts import place_of
from admin_app.coverage.views import citations
from admin_app.practices.queries import book
from compliance.coverage import Coverage, Step, Turn, next_steps
from compliance.vocabulary import CoverageStatus, PieceStatus
from compliance.wording import NBSP, counted, joined, some_names

_AFTER = {
    CoverageStatus.COVERED: "à « couvert »",
    CoverageStatus.UPCOMING: "à « à venir »",
    CoverageStatus.AWAITED: "à « texte attendu »",
}


def step_views(coverage: Coverage, cohort_id: int | None, *, most: int = 5) -> dict[str, Any]:
    """The list for `coverage/_steps.html`: its steps, and one sentence that sums it up."""
    steps = next_steps(coverage, most=most, catalogue=book())
    return {
        "steps": [_view(step, cohort_id) for step in steps],
        "sentence": _sentence(steps),
        "next_due": _next_due(coverage) if not steps else None,
    }


def _view(step: Step, cohort_id: int | None) -> dict[str, Any]:
    first = step.gaps[0]
    url, words = place_of(first.act, cohort_id, first.scope_key)
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
    """« fait passer les indicateurs 9 et 12 à « couvert » » ; empty for none."""
    parts = []
    for status, words in _AFTER.items():
        numbers = [str(turn.indicator.number) for turn in turns if turn.after is status]
        if numbers:
            which = "l’indicateur" if len(numbers) == 1 else "les indicateurs"
            parts.append(f"{which} {joined(numbers)} {words}")
    return joined(parts)


def _sentence(steps: tuple[Step, ...]) -> str:
    turned = [turn for step in steps for turn in step.turns]
    if not turned:
        return ""
    acts = "Un seul acte ferait" if len(steps) == 1 else f"{len(steps)} actes feraient"
    covered = [turn for turn in turned if turn.after is CoverageStatus.COVERED]
    rest = len(turned) - len(covered)
    said = f"passer {counted(len(covered), 'indicateur')} à « couvert »" if covered else ""
    if rest and said:
        return f"{acts} {said}, et remettraient {counted(rest, 'autre')} à jour de ce qui est dû."
    if rest:
        return f"{acts} passer {counted(rest, 'indicateur')} à jour de ce qui est dû."
    return f"{acts} {said}."


def _next_due(coverage: Coverage) -> str:
    """What comes next when nothing presses: « Convocation – Nadia B., pour le 2 décembre »."""
    coming = [gap for gap in coverage.gaps if gap.status is PieceStatus.UPCOMING]
    if not coming:
        return ""
    first = coming[0]
    same = [gap for gap in coming if (gap.piece, gap.due_on) == (first.piece, first.due_on)]
    return f"{first.title}{NBSP}: {some_names([gap.for_name for gap in same])}"
