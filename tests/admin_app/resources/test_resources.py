"""Resources from end to end: added, handed over, fetched by link, withdrawn."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock, links
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.links import Purpose
from admin_app.core.uploads import Upload
from admin_app.evidence.models import Evidence
from admin_app.resources import operations, queries
from admin_app.resources.models import ResourceFile
from tests.factories import ProviderFactory, TrainerFactory, UserFactory, cohort_with

NOW = datetime(2026, 9, 18, 16, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    ProviderFactory()
    return cohort_with(trainees=2)


def handed(cohort: Cohort) -> ResourceFile:
    upload = Upload("dossier.pdf", "pdf", PDF)
    file = operations.add_resource(cohort, upload, title="Dossier", by=SYSTEM, at=NOW)
    operations.share(cohort, by=SYSTEM, at=NOW)
    return file


def pieces() -> list[Evidence]:
    statement = select(Evidence).where(
        Evidence.piece == "resources-handed-over", Evidence.withdrawn_at.is_(None)
    )
    return list(db.session.scalars(statement))


def test_nothing_is_handed_over_twice_nor_to_nobody(cohort: Cohort, outbox: list) -> None:
    handed(cohort)
    assert len(outbox) == 2
    with pytest.raises(Refused, match="rien de nouveau"):
        operations.share(cohort, by=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="déjà là"):
        operations.add_resource(cohort, Upload("b.pdf", "pdf", PDF), by=SYSTEM, at=NOW)
    empty = cohort_with(trainees=0)
    operations.add_resource(empty, Upload("b.pdf", "pdf", PDF), by=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="Personne"):
        operations.share(empty, by=SYSTEM, at=NOW)


def test_handing_over_is_evidence_until_all_is_withdrawn(cohort: Cohort) -> None:
    file = handed(cohort)
    (piece,) = pieces()
    assert (piece.scope_kind, piece.scope_id) == ("cohort", cohort.id)
    operations.withdraw(file, why="Erreur", by=SYSTEM, at=NOW)
    assert pieces() == []
    with pytest.raises(Refused, match="déjà retiré"):
        operations.withdraw(file, why="Erreur", by=SYSTEM, at=NOW)


def test_a_trainee_fetches_own_resources_alone(cohort: Cohort, browse: FlaskClient) -> None:
    file, foreign = handed(cohort), handed(cohort_with(trainees=1))
    mine = cohort.enrolments[0].id
    link = links.current(Purpose.TRAINEE_FILE, ("enrolment", mine), NOW)
    assert link is not None
    base = f"/l/{links.token(link)}/ressources"
    with clock.frozen(NOW):
        assert "Dossier" in browse.get(base).text
        assert browse.get(f"{base}/{file.id}").data == PDF
        assert browse.get(f"{base}/{file.id}").status_code == 200
        assert browse.get(f"{base}/{foreign.id}").status_code == 404
    read = [one.trainee.name for one in queries.readers(file, 1).items if one.fetched_at]
    assert read == [link.label]


def test_the_office_adds_hands_over_and_sees_who_opened(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    office = sign_in(Role.OFFICE)
    address = f"/sessions/{cohort.id}/ressources"
    with clock.frozen(NOW):
        assert "Rien n’a encore été ajouté" in office.get(address).text
        wrong = office.post(
            address, data={"title": "Mon titre", "file": (BytesIO(b"MZ\x00\x01"), "virus.pdf")}
        )
        assert wrong.status_code == 422
        assert "Mon titre" in wrong.text
        assert "type accepté" in wrong.text
        assert queries.lines(cohort.id) == []
        assert office.post(address, data={"title": "Rien"}).status_code == 422
        sent = office.post(address, data={"title": "", "file": (BytesIO(PDF), "dossier.pdf")})
        assert sent.status_code == 303
        assert "pas encore remis" in office.get(address).text
        office.post(f"{address}/remettre")
        assert "remis le" in office.get(address).text


def test_a_trainer_sees_own_cohorts_alone(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    own = UserFactory(roles=(Role.TRAINER,), trainer_id=cohort.assignments[0].trainer_id)
    other = UserFactory(roles=(Role.TRAINER,), trainer_id=TrainerFactory().id)
    address = f"/mes-sessions/{cohort.id}/ressources"
    assert sign_in(user=own).get(address).status_code == 200
    assert sign_in(user=other).get(address).status_code == 404
