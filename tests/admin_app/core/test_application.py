"""The application: its addresses are those that Flask builds."""

from typing import Any

import pytest
from flask import Flask, url_for

PLACES: tuple[dict[str, Any], ...] = (
    {"endpoint": "spaces_office.today"},
    {"endpoint": "cohorts_office.show", "cohort_id": 7},
    {"endpoint": "cohorts_office.show", "cohort_id": 2_147_483_647},
    {"endpoint": "attendance_office.half_day", "half_day_id": 12, "cohort_id": 7},
    {"endpoint": "cohorts_office.index", "page": 3, "client": 4},
    {"endpoint": "cohorts_office.index", "q": "100 % à « l’été »", "page": None},
    {"endpoint": "cohorts_office.show", "cohort_id": 7, "_anchor": "suite"},
    {"endpoint": "cohorts_office.show", "cohort_id": 7, "_external": True},
)


@pytest.mark.parametrize("root", ["", "/liasse%20à"])
@pytest.mark.parametrize("place", PLACES)
def test_an_address_is_the_one_that_flask_builds(
    app: Flask, place: dict[str, Any], root: str
) -> None:
    with app.test_request_context(environ_overrides={"SCRIPT_NAME": root}):
        expected = Flask.url_for(app, **place)
        assert [url_for(**place), url_for(**place)] == [expected, expected]


def test_a_number_that_is_no_key_is_left_to_flask(app: Flask) -> None:
    with app.test_request_context():
        assert url_for("cohorts_office.index", page=-1).endswith("?page=-1")
        assert url_for("cohorts_office.index", page=True).endswith("?page=True")


def test_a_rule_learns_to_write_its_address_once(app: Flask) -> None:
    (rule,) = app.url_map.iter_rules("cohorts_office.show")
    assert rule.build({"cohort_id": 7}) == ("", "/sessions/7")
    learnt = rule._build_unknown
    assert rule.build({"cohort_id": 8, "page": 2}) == ("", "/sessions/8?page=2")
    assert rule.build({"cohort_id": 9}, append_unknown=False) == ("", "/sessions/9")
    assert rule._build_unknown is learnt
