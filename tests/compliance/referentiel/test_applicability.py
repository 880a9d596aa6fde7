from dataclasses import replace

import pytest

from compliance.facts import ActionFacts, action_of
from compliance.referentiel import applicable, load
from compliance.vocabulary import ActionCategory, Layer, Modality
from tests.compliance.builders import cohort, half_days, provider

BARE = ActionFacts(
    categories=(ActionCategory.TRAINING,),
    is_certifying=False,
    is_alternance=False,
    has_work_placement=False,
    has_subcontracting=False,
    is_subcontractor=False,
)
MINIMUM = {1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 17, 18, 19, 21, 22, 23, 24, 25, 26, 30, 31, 32}
MAXIMUM = {*range(1, 14), *range(16, 20), *range(21, 29), *range(30, 33)}


def numbers(edition: str, action: ActionFacts) -> set[int]:
    found = applicable(load().edition(edition), action)
    kept = {indicator.number for indicator in found.applicable}
    aside = {item.indicator.number for item in found.not_applicable}
    assert not kept & aside
    assert kept | aside == {indicator.number for indicator in load().edition(edition).indicators}
    return kept


@pytest.mark.parametrize("edition", ["2019", "2026"])
def test_the_least_and_the_most_for_training(edition: str) -> None:
    assert numbers(edition, BARE) == MINIMUM
    most = replace(
        BARE,
        is_certifying=True,
        is_alternance=True,
        has_work_placement=True,
        has_subcontracting=True,
    )
    assert numbers(edition, most) == MAXIMUM
    assert len(MINIMUM) == 22
    assert len(MAXIMUM) == 28


@pytest.mark.parametrize("edition", ["2019", "2026"])
def test_what_is_not_known_excludes_nothing(edition: str) -> None:
    assert numbers(edition, ActionFacts(categories=(ActionCategory.TRAINING,))) == MAXIMUM


@pytest.mark.parametrize(
    ("change", "added"),
    [
        ({"is_certifying": True}, {3, 7, 16}),
        ({"is_alternance": True, "has_work_placement": True}, {13, 28}),
        ({"has_work_placement": True}, {28}),
        ({"has_subcontracting": True}, {27}),
    ],
)
def test_each_condition_brings_its_indicators(change: dict[str, bool], added: set[int]) -> None:
    assert numbers("2026", replace(BARE, **change)) == MINIMUM | added


def test_every_reason_is_french_and_cited() -> None:
    for edition in load().editions:
        for category in ActionCategory:
            found = applicable(edition, replace(BARE, categories=(category,), training_days=1))
            for item in found.not_applicable:
                assert item.reason.endswith(".")
                assert "{" not in item.reason
                assert item.citations


def test_apprenticeship_alone() -> None:
    found = numbers("2026", replace(BARE, categories=(ActionCategory.APPRENTICESHIP,)))
    assert found >= {3, 7, 13, 14, 15, 16, 20, 28, 29, 33}
    reasons = {
        item.indicator.number: item.reason
        for item in applicable(load().edition("2026"), BARE).not_applicable
    }
    assert reasons[33] == (
        "Cet indicateur ne concerne que l’apprentissage\u00a0; "
        "l’action est de catégorie «\u00a0action de formation\u00a0»."
    )


def test_skills_review_has_no_positioning_nor_certification() -> None:
    found = numbers("2026", replace(BARE, categories=(ActionCategory.SKILLS_REVIEW,)))
    assert not found & {3, 7, 8, 13, 16, 28}


@pytest.mark.parametrize(("days", "applies"), [(1, False), (2, False), (3, True), (None, True)])
def test_the_two_day_rule_is_a_reading_of_the_first_edition_only(
    days: int | None, applies: bool
) -> None:
    action = replace(BARE, training_days=days)
    assert (12 in numbers("2019", action)) is applies
    assert 12 in numbers("2026", action)
    if not applies:
        found = applicable(load().edition("2019"), action)
        aside = next(i for i in found.not_applicable if i.indicator.number == 12)
        assert aside.layer is Layer.READING


def test_awaited_texts_matter_only_where_they_could() -> None:
    edition = load().edition("2026")

    def awaited(**changes: object) -> set[str]:
        action = replace(BARE, **changes)  # type: ignore[arg-type]
        return {item.key for item in applicable(edition, action).awaited}

    assert awaited(training_days=3, trainers=1) == set()
    assert awaited(training_days=2, trainers=1) == {"engagement-in-short-courses"}
    assert awaited(training_days=3, trainers=2) == {"teaching-referent-threshold"}
    assert "permanent-teachers-threshold" in awaited(categories=(ActionCategory.APPRENTICESHIP,))


def test_a_subcontractor_does_not_inform_the_public() -> None:
    action = replace(BARE, is_subcontractor=True)
    assert not numbers("2019", action) & {1, 2, 3}
    assert numbers("2026", action) >= {1, 2}


def test_new_entrants_are_named() -> None:
    found = applicable(load().edition("2019"), replace(BARE, is_new_entrant=True))
    assert {i.number for i in found.formalised_only} == {2, 11, 19, 22, 24, 25, 26, 32}
    assert applicable(load().edition("2019"), BARE).formalised_only == ()


def test_facts_of_a_cohort() -> None:
    action = action_of(cohort())
    assert (action.training_days, action.trainers) == (2, 1)
    assert action_of(cohort(half_days=())).training_days is None
    assert action_of(cohort(half_days=half_days(days=3))).training_days == 3
    assert action_of(cohort(modality=Modality.WORKPLACE)).has_work_placement is True
    assert action_of(cohort(is_alternance=True)).has_work_placement is True


def test_facts_of_the_organisation_exclude_by_category_alone() -> None:
    assert numbers("2026", action_of(provider())) == MAXIMUM
    both = action_of(provider(categories=(ActionCategory.TRAINING, ActionCategory.APPRENTICESHIP)))
    assert numbers("2026", both) == set(range(1, 34))
