"""The day that a page of coverage shows."""

from datetime import date

import pytest

from admin_app.coverage.shown import shown_day

TODAY, AUDIT = date(2026, 11, 24), date(2027, 1, 4)


def test_without_a_day_it_is_today_under_the_edition_of_the_next_audit() -> None:
    shown = shown_day("", today=TODAY, audit_on=AUDIT)
    assert shown.is_today
    assert (shown.as_of, shown.audit_on, shown.edition.key) == (None, AUDIT, "2026")
    assert (shown.in_address, shown.edition_in_address, shown.other_edition) == (None, None, None)


@pytest.mark.parametrize("text", ["2026-10-10", "10/10/2026", "10.10.2026"])
def test_a_past_day_is_read_under_its_own_edition(text: str) -> None:
    shown = shown_day(text, today=TODAY, audit_on=AUDIT)
    assert shown.is_past
    assert (shown.as_of, shown.audit_on) == (date(2026, 10, 10), date(2026, 10, 10))
    assert shown.edition.key == "2019"
    assert shown.other_edition is not None
    assert shown.other_edition.key == "2026"


def test_a_past_day_may_be_read_under_the_edition_of_the_next_audit() -> None:
    shown = shown_day("2026-10-10", today=TODAY, audit_on=AUDIT, edition="2026")
    assert (shown.day, shown.audit_on) == (date(2026, 10, 10), date(2026, 11, 1))
    assert (shown.edition.key, shown.edition_in_address) == ("2026", "2026")


def test_a_day_to_come_is_that_of_its_audit() -> None:
    shown = shown_day("2027-03-01", today=TODAY, audit_on=AUDIT, edition="nimporte")
    assert shown.is_coming
    assert (shown.as_of, shown.audit_on) == (date(2027, 3, 1), date(2027, 3, 1))


@pytest.mark.parametrize("text", ["hier", "2026-02-31", "2001-01-01", "2199-01-01"])
def test_a_day_that_makes_no_sense_leaves_today_and_says_so(text: str) -> None:
    shown = shown_day(text, today=TODAY, audit_on=AUDIT)
    assert shown.is_today
    assert shown.problem
    assert shown.asked == text
