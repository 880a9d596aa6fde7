"""« Non applicable », and yet: what the facts say against what was declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from compliance.facts import ActionFacts
from compliance.referentiel.applicability import applicable
from compliance.referentiel.model import Edition, Indicator
from compliance.wording import some_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What is seen at work, whatever was declared. Names are those that people read.

    ``subcontractors``: who teaches under a contract of service or portage salarial;
    ``certifications``: registered certifications that programmes lead to; ``work_periods``:
    periods at work that took place or are planned; ``alternances``: trainees under a
    work-study contract.
    """

    subcontractors: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    work_periods: tuple[str, ...] = ()
    alternances: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Challenge:
    """An indicator set aside, the reason that was given, and the facts that contradict it."""

    indicator: Indicator
    reason: str
    sentence: str


def challenges(edition: Edition, action: ActionFacts, seen: Observed) -> tuple[Challenge, ...]:
    """The indicators that are not applicable as declared, and would be by what is seen."""
    found = []
    for aside in applicable(edition, action).not_applicable:
        facts = _contradicting(aside.indicator, action, seen)
        if facts:
            found.append(Challenge(aside.indicator, aside.reason, " ".join(facts)))
    return tuple(found)


def _contradicting(indicator: Indicator, action: ActionFacts, seen: Observed) -> list[str]:
    names = dict.fromkeys(
        name for category in action.categories for name in indicator.conditions.get(category, ())
    )
    if not set(action.categories) & set(indicator.categories):
        return []
    said = [_SEEN[name](seen) for name in names if name in _SEEN]
    return [sentence for sentence in said if sentence]


def _sentence(before: str, names: tuple[str, ...]) -> str:
    return f"{before} {some_names(list(names))}." if names else ""


_SEEN: Mapping[str, Callable[[Observed], str]] = MappingProxyType(
    {
        "subcontracting": lambda seen: _sentence(
            "Pourtant interviennent en sous-traitance ou en portage :", seen.subcontractors
        ),
        "certifying": lambda seen: _sentence(
            "Pourtant la formation mène à une certification enregistrée :", seen.certifications
        ),
        "work-placement": lambda seen: _sentence(
            "Pourtant des périodes se déroulent en situation de travail :",
            (*seen.work_periods, *seen.alternances),
        ),
        "alternance": lambda seen: _sentence(
            "Pourtant des stagiaires sont en alternance :", seen.alternances
        ),
    }
)
