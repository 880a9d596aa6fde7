"""The cohorts of someone, on their own page: one statement each, whatever the rows."""

from collections.abc import Callable

from flask.testing import FlaskClient

from admin_app.cohorts import panels
from admin_app.core.access import Role
from admin_app.core.database import db
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    EnrolmentFactory,
    TraineeFactory,
    TrainerFactory,
    cohort_with,
)
from tests.factories.training import CohortClientFactory
from tests.support.statements import counted


def statements(client: FlaskClient, path: str) -> int:
    db.session.remove()
    with counted() as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_each_page_shows_its_cohorts(sign_in: Callable[..., FlaskClient]) -> None:
    office = sign_in(Role.OFFICE)
    cohort = cohort_with(trainees=1)
    enrolment = cohort.enrolments[0]
    for path in (
        f"/personnes/stagiaires/{enrolment.trainee_id}",
        f"/personnes/formateurs/{cohort.assignments[0].trainer_id}",
        f"/clients/{enrolment.client_id}",
    ):
        page = office.get(path).text
        assert cohort.reference in page
        assert f"/sessions/{cohort.id}" in page


def test_they_cost_the_same_whatever_their_number(sign_in: Callable[..., FlaskClient]) -> None:
    office, trainee, trainer = sign_in(Role.OFFICE), TraineeFactory(), TrainerFactory()
    cohort = cohort_with(trainees=0)
    client_id = cohort.clients[0].client_id
    paths = (
        f"/personnes/stagiaires/{trainee.id}",
        f"/personnes/formateurs/{trainer.id}",
        f"/clients/{client_id}",
    )

    def one_more() -> None:
        made = CohortFactory()
        EnrolmentFactory(cohort_id=made.id, trainee_id=trainee.id)
        AssignmentFactory(cohort_id=made.id, trainer_id=trainer.id)
        CohortClientFactory(cohort_id=made.id, client_id=client_id)

    one_more()
    few = [statements(office, path) for path in paths]
    for _ in range(panels.MOST + 3):
        one_more()
    assert [statements(office, path) for path in paths] == few
    assert max(few) <= 10
    assert f"/sessions/?client={client_id}" in office.get(paths[2]).text


def test_a_departure_is_said(sign_in: Callable[..., FlaskClient]) -> None:
    trainee = TraineeFactory()
    EnrolmentFactory(cohort_id=CohortFactory().id, trainee_id=trainee.id, departure="dropout")
    page = sign_in(Role.OFFICE).get(f"/personnes/stagiaires/{trainee.id}").text
    assert "a quitté la formation" in page
