"""« Non applicable », when the facts say otherwise."""

import pytest

from compliance.facts import ActionFacts
from compliance.referentiel import Observed, challenges, load
from compliance.vocabulary import ActionCategory

DECLARED = ActionFacts(
    categories=(ActionCategory.TRAINING,),
    is_certifying=False,
    is_alternance=False,
    has_work_placement=False,
    has_subcontracting=False,
    training_days=3,
)


@pytest.mark.parametrize("key", ["2019", "2026"])
@pytest.mark.parametrize(
    ("seen", "numbers", "words"),
    [
        (Observed(), [], ""),
        (Observed(subcontractors=("Yann Le Goff",)), [27], "Yann Le Goff"),
        (Observed(certifications=("RNCP 38667",)), [3, 7, 16], "RNCP 38667"),
        (Observed(work_periods=("S-2026-04",)), [28], "S-2026-04"),
        (Observed(alternances=("S-2026-05",)), [13, 28], "S-2026-05"),
    ],
)
def test_the_facts_contradict(key: str, seen: Observed, numbers: list[int], words: str) -> None:
    found = challenges(load().edition(key), DECLARED, seen)
    assert [one.indicator.number for one in found] == numbers
    for one in found:
        assert words in one.sentence
        assert one.sentence.startswith("Pourtant")
        assert one.reason.endswith(".")


def test_what_applies_is_not_challenged() -> None:
    unknown = ActionFacts(categories=(ActionCategory.TRAINING,))
    seen = Observed(subcontractors=("Yann Le Goff",), certifications=("RNCP 38667",))
    assert challenges(load().edition("2026"), unknown, seen) == ()


def test_a_category_is_never_challenged() -> None:
    action = ActionFacts(categories=(ActionCategory.SKILLS_REVIEW,), is_certifying=False)
    seen = Observed(certifications=("RNCP 38667",))
    assert challenges(load().edition("2026"), action, seen) == ()
