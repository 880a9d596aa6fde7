"""What is said of a cohort, and what its facts show: where the two differ, a human must look."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.facts import CohortFacts, ProviderFacts
from compliance.wording import joined


def challenges(facts: CohortFacts | ProviderFacts) -> Mapping[str, str]:
    """For each condition said not to hold though the facts show that it does, why.

    Keys are the conditions of the référentiel; nothing is contradicted at the level of the
    organisation, where nothing is said but what the facts show.
    """
    if isinstance(facts, ProviderFacts):
        return {}
    found: dict[str, str] = {}
    external = [trainer.name for trainer in facts.trainers if trainer.is_external]
    if external and not facts.has_subcontracting:
        names = joined(external)
        verb = "intervient" if len(external) == 1 else "interviennent"
        found["subcontracting"] = (
            f"La session est dite sans sous-traitance, or {names} {verb} sous contrat "
            "(sous-traitance ou portage salarial)."
        )
    if facts.programme_is_certifying and not facts.is_certifying:
        found["certifying"] = (
            "La session est dite non certifiante, or son programme prépare à une certification."
        )
    if facts.programme_is_alternance and not facts.is_alternance:
        found["alternance"] = (
            "La session est dite hors alternance, or son programme se déroule en alternance."
        )
    is_at_work = facts.has_work_placement or facts.is_alternance
    if facts.programme_has_work_placement and not is_at_work:
        found["work-placement"] = (
            "La session est dite sans stage, or son programme comprend une période en situation "
            "de travail."
        )
    return found
