"""`flask coverage`, as other programs call it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.coverage.operations import refresh_cohort, refresh_everything_else
from admin_app.organisation.queries import forget_provider
from tests.factories import ProviderFactory, cohort_with


@pytest.mark.parametrize(
    "arguments",
    [("show", "{}", "--audit-date", "2018-01-01"), ("gaps", "--as-of", "2015-01-01")],
)
def test_a_day_before_every_edition_is_refused_in_words(
    app: Flask, arguments: tuple[str, ...]
) -> None:
    ProviderFactory()
    reference = cohort_with(1).reference
    asked = ["coverage", *(one.format(reference) for one in arguments), "--json"]
    done = app.test_cli_runner().invoke(args=asked)
    assert done.exit_code == 1
    assert "Aucune édition" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("day", ["2018-01-01", "9999-12-31", "0001-01-01", "demain", "\x00"])
@pytest.mark.parametrize("name", ["jour", "audit"])
def test_pages_bear_any_day(app: Flask, sign_in, name: str, day: str) -> None:  # type: ignore[no-untyped-def]
    cohort = cohort_with(1)
    page = sign_in(Role.OFFICE).get(f"/sessions/{cohort.id}/preuves", query_string={name: day})
    assert page.status_code < 500


NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def asked_gaps(app: Flask, *arguments: str) -> list[dict[str, Any]]:
    done = app.test_cli_runner().invoke(args=["coverage", "gaps", *arguments, "--json"])
    assert done.exit_code == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_the_pieces_of_the_organisation_are_told_once_whatever_the_cohorts(app: Flask) -> None:
    ProviderFactory()
    with clock.frozen(NOW):
        for _ in range(3):
            refresh_cohort(cohort_with(2))
        refresh_everything_else()
        forget_provider()
        now = asked_gaps(app)
        same = asked_gaps(app, "--as-of", "2026-11-24")
    with clock.frozen(NOW + timedelta(days=2)):
        then = asked_gaps(app, "--as-of", "2026-11-24")

    def keys(gaps: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        names = ("cohort", "piece", "for", "owed_by", "due_on", "status", "url")
        return sorted(tuple(gap[name] for name in names) for gap in gaps)

    assert now == same
    assert keys(then) == keys(now)
    assert [gap["cohort"] for gap in then if gap["piece"] == "legal-watch"] == [""]
    assert [gap["due_on"] for gap in then] == sorted(gap["due_on"] for gap in then)


@pytest.mark.parametrize(
    ("day", "edition"), [("2026-10-31", "2019"), ("2026-11-01", "2026"), ("2027-01-10", "2026")]
)
def test_the_edition_is_that_of_the_day_as_in_pages(app: Flask, day: str, edition: str) -> None:
    ProviderFactory()
    cohort = cohort_with(1)
    with clock.frozen(NOW):
        refresh_cohort(cohort)
        done = app.test_cli_runner().invoke(args=["coverage", "gaps", "--as-of", day, "--json"])
        assert f"Édition {edition} " in done.stderr
        shown = ["coverage", "show", cohort.reference, "--as-of", day, "--json"]
        told = json.loads(app.test_cli_runner().invoke(args=shown).stdout)
    assert told["edition"] == edition
