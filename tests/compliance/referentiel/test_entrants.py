"""Who is a new entrant, by category and by day."""

from datetime import date

import pytest

from compliance.referentiel import is_new_entrant, new_entrant_categories
from compliance.vocabulary import ActionCategory

AF, CFA = ActionCategory.TRAINING, ActionCategory.APPRENTICESHIP


@pytest.mark.parametrize(
    ("began", "on", "expected"),
    [
        (date(2026, 1, 15), date(2026, 1, 14), False),
        (date(2026, 1, 15), date(2026, 1, 15), True),
        (date(2026, 1, 15), date(2027, 1, 14), True),
        (date(2026, 1, 15), date(2027, 1, 15), False),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2024, 2, 29), date(2025, 3, 1), False),
    ],
)
def test_the_first_year(began: date, on: date, expected: bool) -> None:
    assert is_new_entrant(AF, on, {AF: began}) is expected


def test_by_category() -> None:
    started = {AF: date(2015, 1, 1), CFA: date(2026, 9, 1)}
    assert new_entrant_categories(date(2026, 11, 24), started) == (CFA,)


def test_what_is_not_known_is_not_taken_for_granted() -> None:
    assert not is_new_entrant(AF, date(2026, 11, 24), {})
