"""Which indicators of an edition apply to an action, and why the others do not."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.citations import Citation
from compliance.facts import ActionFacts
from compliance.referentiel.conditions import CONDITIONS
from compliance.referentiel.model import Awaited, Edition, Indicator, Note, Statement
from compliance.vocabulary import ActionCategory, Layer
from compliance.wording import capitalised, joined


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """An indicator set aside, with the reason, who says so, and where."""

    indicator: Indicator
    reason: str
    layer: Layer
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Applicability:
    """The indicators that apply, and those that do not with their reason.

    ``formalised_only``: for a new entrant, applicable indicators of which the initial audit
    looks at the process on paper only. ``awaited``: announced texts that matter here.
    ``notes``: what the text or its guide says of applicable indicators in such a case.
    """

    edition: Edition
    applicable: tuple[Indicator, ...]
    not_applicable: tuple[NotApplicable, ...]
    formalised_only: tuple[Indicator, ...]
    awaited: tuple[Awaited, ...]
    notes: tuple[Note, ...] = ()


def applicable(edition: Edition, action: ActionFacts) -> Applicability:
    """Sort the indicators of ``edition`` for ``action``; both lists keep the edition's order."""
    applies: list[Indicator] = []
    set_aside: list[NotApplicable] = []
    for indicator in edition.indicators:
        reason = _why_not(edition, indicator, action)
        if reason is None:
            applies.append(indicator)
        else:
            set_aside.append(
                NotApplicable(indicator, reason.sentence, reason.layer, reason.citations)
            )
    kept = {indicator.key for indicator in applies}
    return Applicability(
        edition=edition,
        applicable=tuple(applies),
        not_applicable=tuple(set_aside),
        formalised_only=tuple(
            indicator for indicator in applies if action.is_new_entrant and indicator.new_entrant
        ),
        awaited=tuple(
            awaited
            for awaited in edition.awaited
            if awaited.requirement in kept and _holds(awaited.when, action)
        ),
        notes=tuple(
            note
            for note in (*edition.notes, *edition.reading.notes)
            if note.when and note.requirement in kept and _holds(note.when, action)
        ),
    )


def _holds(names: tuple[str, ...], action: ActionFacts) -> bool:
    return all(CONDITIONS[name](action) for name in names)


def _why_not(edition: Edition, indicator: Indicator, action: ActionFacts) -> Statement | None:
    concerned = [category for category in action.categories if category in indicator.categories]
    if not concerned:
        return _category_reason(edition, indicator, action.categories)
    unmet = [_unmet(indicator, category, action) for category in concerned]
    if all(unmet):
        return edition.condition_rules[unmet[0] or ""]
    for rule in edition.reading.rules:
        if indicator.key in rule.requirements and not CONDITIONS[rule.condition](action):
            return rule.unmet
    missions = edition.reading.missions
    if missions is not None and _is_not_entrusted(indicator.key, missions.requirements, action):
        return missions.unmet
    return None


def _is_not_entrusted(key: str, judged: tuple[str, ...], action: ActionFacts) -> bool:
    """As a subcontractor whose contract says what is entrusted, and this is not."""
    return (
        action.is_subcontractor is True
        and action.has_missions_contract is not False
        and action.missions is not None
        and key in judged
        and key not in action.missions
    )


def _unmet(indicator: Indicator, category: ActionCategory, action: ActionFacts) -> str | None:
    """The first condition that ``category`` sets and ``action`` is known not to meet."""
    names = indicator.conditions.get(category, ())
    return next((name for name in names if not CONDITIONS[name](action)), None)


def _category_reason(
    edition: Edition, indicator: Indicator, categories: tuple[ActionCategory, ...]
) -> Statement:
    rule = edition.category_rule
    sentence = rule.sentence.format(
        concerned=joined([_PLURALS[category] for category in indicator.categories]),
        category=joined([category.label for category in categories]),
    )
    return Statement(capitalised(sentence), rule.layer, rule.citations)


_PLURALS = {
    ActionCategory.TRAINING: "les actions de formation",
    ActionCategory.SKILLS_REVIEW: "les bilans de compétences",
    ActionCategory.VAE: "les actions de VAE",
    ActionCategory.APPRENTICESHIP: "l’apprentissage",
}
