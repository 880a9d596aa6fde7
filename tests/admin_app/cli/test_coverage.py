"""`flask coverage`, as other programs call it."""

import pytest
from flask import Flask

from admin_app.core.access import Role
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
