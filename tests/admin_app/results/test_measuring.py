"""What each figure counts."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from admin_app.core.database import db
from admin_app.people.figures import figures_of
from admin_app.programmes import operations as programmes
from admin_app.results import queries
from admin_app.results.figures import MEASURES, Figure, Tally, figures
from tests.factories import CohortFactory, committed
from tests.factories.base import A_DAY
from tests.factories.programmes import OFFICE
from tests.factories.results import (
    ANSWERED,
    SurveyFactory,
    catalogue_version,
    ended_cohort,
)
from tests.support.statements import counted

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def by_key(programme_id: int | None = None, period: Any = YEAR) -> dict[str, Figure]:
    db.session.expire_all()
    return {one.key: one for one in queries.measured(programme_id, *period)}


def test_figures_of_nothing_are_nothing(app: Flask) -> None:
    found = by_key()
    assert found["trainees"].words == "0"
    assert [one.key for one in found.values() if one.value is None] == [
        one.key for one in MEASURES if one.key != "trainees"
    ]


def test_each_figure_is_worked_out_with_what_it_rests_on(app: Flask) -> None:
    version = catalogue_version()
    ended_cohort(version, 6, 3, expectations=5)
    ended_cohort(version, 2, 1, expectations=2)
    found = by_key(version.programme_id)
    assert found["trainees"].whole == 8
    assert (found["satisfaction"].value, found["satisfaction"].whole) == (4.2, 4)  # (15 + 2) / 4
    assert found["satisfaction"].rests_on.replace("\u00a0", " ") == "4 avis pour 8 demandes"
    assert found["return"].value == 50.0
    assert found["recommend"].value == 100.0
    assert found["objectives"].value == 50.0
    assert found["objectives"].whole == 16
    assert found["completion"].value == 100.0
    assert found["interruption"].value == 0.0


@pytest.mark.parametrize(
    ("departure", "trainees", "completion"),
    [("dropout", 4, 75.0), ("withdrawn-before", 3, 100.0), ("replaced", 3, 100.0)],
)
def test_a_dropout_counts_and_a_withdrawal_does_not(
    app: Flask, departure: str, trainees: int, completion: float
) -> None:
    cohort = ended_cohort(catalogue_version(), 4)
    with committed():
        cohort.enrolments[0].departure = departure
    found = by_key()
    assert found["trainees"].whole == trainees
    assert found["completion"].value == completion
    assert found["dropout"].value == 100 - completion


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        (date(2026, 9, 18), date(2026, 9, 18), 3),
        (date(2026, 9, 19), date(2026, 12, 31), 0),
        (date(2026, 1, 1), date(2026, 9, 17), 0),
    ],
)
def test_the_period_holds_the_day_on_which_a_cohort_ended(
    app: Flask, first: date, last: date, whole: int
) -> None:
    ended_cohort(catalogue_version(), 3)
    assert by_key(period=(first, last))["trainees"].whole == whole


def test_a_cancelled_cohort_and_another_programme_do_not_count(app: Flask) -> None:
    version = catalogue_version()
    ended_cohort(version, 3)
    gone = ended_cohort(version, 5)
    ended_cohort(catalogue_version(), 7)
    with committed():
        gone.cancelled_at = A_DAY
    assert by_key(version.programme_id)["trainees"].whole == 3
    assert by_key()["trainees"].whole == 10


def test_a_session_cut_short_is_interrupted_and_a_replaced_half_day_is_not(app: Flask) -> None:
    version = catalogue_version()
    whole, short = ended_cohort(version, 2), ended_cohort(version, 2)
    with committed():
        short.half_days[3].cancelled_at = A_DAY
        whole.half_days[3].cancelled_at = A_DAY
        whole.half_days[2].minutes += 210
    assert by_key()["interruption"].value == 50.0


def test_what_was_adapted_counts_for_its_programme(app: Flask) -> None:
    standard = catalogue_version()
    copy = programmes.copy_programme(standard, reference="CAF-1", by=OFFICE, at=A_DAY)
    ended_cohort(copy, 3, standard_version_id=standard.id)
    assert by_key(standard.programme_id)["trainees"].whole == 3


def test_clients_and_later_surveys_are_counted_apart(app: Flask) -> None:
    cohort = ended_cohort(catalogue_version(), 2)
    for rank, need in enumerate((5, 3)):
        SurveyFactory(
            kind="client-feedback",
            scope_kind="client",
            scope_id=rank,
            cohort_id=cohort.id,
            answers={"need": str(need)},
            answered_at=ANSWERED,
        )
    SurveyFactory(kind="follow-up-survey", cohort_id=cohort.id)
    found = by_key()
    assert (found["clients"].value, found["clients"].whole) == (4.0, 2)
    assert (found["follow-up-return"].value, found["follow-up-return"].whole) == (0.0, 1)
    assert found["satisfaction"].whole == 2


def test_it_costs_the_same_for_few_and_many(app: Flask) -> None:
    version = catalogue_version()
    for _ in range(2):
        CohortFactory(version_id=version.id)
    with counted() as few:
        queries.measured(version.programme_id, *YEAR)
    for _ in range(30):
        CohortFactory(version_id=version.id)
    with counted() as many:
        queries.measured(version.programme_id, *YEAR)
    assert len(many) == len(few) == 4


def test_a_small_rate_is_not_published_and_a_count_always_is() -> None:
    found = figures({"trainees": Tally(3, 3), "completion": Tally(2, 3)})
    kept = {one.key: one.published(5) for one in found}
    assert kept["trainees"]["value"] == 3.0
    assert kept["completion"]["value"] is None
    assert kept["completion"]["too_few"]
    assert {one.key: one for one in found}["completion"].published(3)["value"] == 66.7


def test_many_objectives_of_few_people_are_not_published(app: Flask) -> None:
    ended_cohort(catalogue_version(), 3)
    found = by_key()["objectives"]
    assert (found.whole, found.people) == (6, 3)
    assert found.published(5)["value"] is None


def test_every_measure_says_its_formula_population_and_source() -> None:
    for one in MEASURES:
        assert all((one.formula, one.population, one.source, one.counted[0]))


def test_a_trainer_is_told_what_their_trainees_said(app: Flask) -> None:
    cohort = ended_cohort(catalogue_version(), 3, 2)
    trainer_id = cohort.assignments[0].trainer_id
    found = figures_of(trainer_id, *YEAR)
    assert [one.value.replace("\u00a0", " ") for one in found] == ["5,0 sur 5", "50 %"]
    assert found[0].detail.replace("\u00a0", " ") == "2 avis pour 3 demandes"
    assert figures_of(trainer_id, date(2025, 1, 1), date(2025, 12, 31)) == []
    assert figures_of(999, *YEAR) == []
