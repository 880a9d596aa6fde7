"""The special follow-up of a cohort: only what its facts call for, each note with its proof."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from admin_app.cohorts import operations, particulars
from admin_app.cohorts.models import Cohort, ParticularNote
from admin_app.cohorts.views import particular_piece
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.evidence.models import Evidence
from tests.factories import EnrolmentFactory, cohort_with, committed
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
NOW = datetime(2026, 9, 18, 9, 0, tzinfo=UTC)
SAID = {"happened_on": "2026-09-10", "who": "Jury de l’Aubrée", "detail": "Inscrits le 10"}


@pytest.fixture(autouse=True)
def now() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OFFICE)


def base(cohort: Cohort) -> str:
    return f"/sessions/{cohort.id}/suivi-particulier"


def plain(reply: Any) -> str:
    return str(reply.text).replace("\u00a0", " ")


def rows(kind: type) -> list[Any]:
    db.session.expire_all()
    return list(db.session.query(kind).order_by(kind.id))


def particular_pieces() -> list[Evidence]:
    return [one for one in rows(Evidence) if one.piece in particulars.KINDS]


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        ({}, []),
        ({"is_certifying": True}, ["certification-rules-told", "certification-registration"]),
        ({"is_alternance": True}, ["work-study-liaison"]),
        ({"has_work_placement": True}, ["workplace-partner"]),
        ({"modality": "workplace"}, ["workplace-partner"]),
    ],
)
def test_only_what_the_facts_call_for_applies(facts: dict[str, Any], kinds: list[str]) -> None:
    cohort = Cohort(**{"modality": "in-person"} | facts)
    found = particulars.applicable(cohort, 3, date(2026, 9, 18))
    assert [one.key for one in found] == kinds


def test_a_threshold_that_is_not_published_asks_for_no_referent(office: FlaskClient) -> None:
    cohort = cohort_with(2)
    assert not particulars.needs_referent(50, NOW.date())
    shown = plain(office.get(base(cohort)))
    assert "texte attendu" in shown
    assert "Suivi particulier" not in office.get(f"/sessions/{cohort.id}").text
    path = f"{base(cohort)}/teaching-referent/consigner"
    assert office.post(path, data=SAID | {"who": "Claire Vasseur"}).status_code == 303
    (piece,) = particular_pieces()
    assert (piece.piece, piece.scope_kind, piece.scope_id) == (
        "teaching-referent",
        "cohort",
        cohort.id,
    )


def test_above_a_published_threshold_a_referent_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(particulars, "load_values", lambda: {particulars.THRESHOLD: _Three()})
    cohort = Cohort(modality="in-person")
    assert particulars.applicable(cohort, 3, NOW.date()) == []
    (found,) = particulars.applicable(cohort, 4, NOW.date())
    assert found.key == "teaching-referent"


class _Three:
    def on(self, day: date) -> int:
        return 3


def test_a_certifying_cohort_notes_each_trainee_at_once(office: FlaskClient) -> None:
    cohort = cohort_with(3, is_certifying=True)
    assert "à consigner" in office.get(f"/sessions/{cohort.id}").text
    path = f"{base(cohort)}/certification-registration/consigner"
    assert office.get(path).text.count("checked") == 3
    keys = [one.id for one in cohort.enrolments]
    assert office.post(path, data=SAID | {"enrolments": keys[:2]}).status_code == 303
    found = particular_pieces()
    assert [(one.scope_kind, one.scope_id) for one in found] == [
        ("enrolment", keys[0]),
        ("enrolment", keys[1]),
    ]
    assert all(one.cohort_id == cohort.id for one in found)
    assert "2 sur 3" in plain(office.get(base(cohort)))
    office.post(path, data=SAID | {"enrolments": keys[2:]})
    assert "3 sur 3" not in plain(office.get(base(cohort)))
    assert "consigné" in plain(office.get(base(cohort)))
    assert particular_piece(rows(ParticularNote)[0].id)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"enrolments": []}, "Choisissez au moins une personne"),
        ({"happened_on": "2026-09-19"}, "pas encore venu"),
        ({"happened_on": ""}, "Indiquez le jour"),
        ({"who": " "}, "À renseigner"),
        ({"detail": ""}, "À renseigner"),
        ({"detail": "x" * 4001}, "4000 caractères au plus"),
    ],
)
def test_a_wrong_note_is_refused_and_kept(
    office: FlaskClient, changes: dict[str, Any], message: str
) -> None:
    cohort = cohort_with(2, is_alternance=True)
    data = SAID | {"enrolments": [one.id for one in cohort.enrolments]} | changes
    reply = office.post(f"{base(cohort)}/work-study-liaison/consigner", data=data)
    assert reply.status_code == 422
    assert message in plain(reply)
    assert ("Inscrits le 10" if "detail" not in changes else "Jury de l’Aubrée") in reply.text
    assert rows(ParticularNote) == []
    assert particular_pieces() == []


def test_someone_of_another_cohort_cannot_be_chosen(office: FlaskClient) -> None:
    cohort, other = cohort_with(1, is_certifying=True), cohort_with(1)
    data = SAID | {"enrolments": [other.enrolments[0].id]}
    reply = office.post(f"{base(cohort)}/certification-rules-told/consigner", data=data)
    assert reply.status_code == 422
    assert rows(ParticularNote) == []


def test_a_note_set_aside_withdraws_its_proof(office: FlaskClient) -> None:
    cohort = cohort_with(1, has_work_placement=True)
    office.post(f"{base(cohort)}/workplace-partner/consigner", data=SAID)
    (note,) = rows(ParticularNote)
    path = f"{base(cohort)}/notes/{note.id}/ecarter"
    assert office.post(path, data={"why": ""}).status_code == 422
    assert office.post(path, data={"why": "Autre session"}).status_code == 303
    assert particular_pieces()[0].withdrawn_why == "Autre session"
    assert "Autre session" in office.get(base(cohort)).text
    assert "déjà écartée" in plain(office.post(path, data={"why": "x"}))
    assert office.get(f"{base(cohort_with(1))}/notes/{note.id}/ecarter").status_code == 404


def test_a_cancelled_cohort_takes_no_note(office: FlaskClient) -> None:
    cohort = cohort_with(1, has_work_placement=True)
    with committed():
        cohort.cancelled_at = NOW
    reply = office.post(f"{base(cohort)}/workplace-partner/consigner", data=SAID)
    assert reply.status_code == 422
    assert "annulée" in reply.text


def test_it_costs_the_same_for_few_and_many(office: FlaskClient, acts: dict[str, Any]) -> None:
    cohort = cohort_with(1, is_certifying=True)

    def cost() -> int:
        db.session.remove()
        with counted() as seen:
            assert office.get(base(cohort)).status_code == 200
        return len(seen)

    cohort_id = cohort.id
    details = operations.ParticularDetails(
        kind="certification-rules-told",
        happened_on=date(2026, 9, 1),
        who="Claire",
        detail="Par écrit",
        enrolments=(cohort.enrolments[0].id,),
    )
    operations.note_particular(cohort, details, **acts)
    few = cost()
    for _ in range(20):
        EnrolmentFactory(cohort_id=cohort_id)
        operations.note_particular(db.session.get_one(Cohort, cohort_id), details, **acts)
    assert cost() == few <= 10


def test_a_trainer_and_a_wrong_kind_get_nothing(sign_in: SignIn) -> None:
    cohort = cohort_with(1)
    assert sign_in(Role.TRAINER).get(base(cohort)).status_code == 403
    assert sign_in(Role.OFFICE).get(f"{base(cohort)}/rien/consigner").status_code == 404
    assert sign_in(Role.QUALITY_MANAGER).get(base(cohort)).status_code == 200
