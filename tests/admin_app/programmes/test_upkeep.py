"""What a programme rests on: required skills by day, conditions, resources looked at."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.cohorts.starting import proposed_form
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Problems
from admin_app.evidence.models import Evidence
from admin_app.people.models import TrainerSkill
from admin_app.programmes import operations, queries
from admin_app.programmes.models import Programme, ResourcesReview
from admin_app.programmes.text import text_of
from tests.factories import TrainerFactory, committed
from tests.factories.base import A_DAY
from tests.factories.programmes import OFFICE, published
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
LATER = A_DAY + timedelta(days=30)
BY = {"by": OFFICE, "at": A_DAY}


def pieces(piece: str) -> list[Evidence]:
    db.session.expire_all()
    statement = select(Evidence).where(Evidence.piece == piece).order_by(Evidence.id)
    return list(db.session.scalars(statement))


def next_version(programme_id: int, skills: tuple[str, ...]) -> None:
    programme = db.session.get_one(Programme, programme_id)
    version = operations.new_version(programme, note="Compétences revues", by=OFFICE, at=LATER)
    text = text_of(version).__class__(**{**_text(version), "required_skills": skills})
    operations.save_draft(version, text, change_note="Compétences revues", by=OFFICE, at=LATER)
    operations.publish(version, in_force_from=clock.day_of(LATER), by=OFFICE, at=LATER)


def _text(version):  # type: ignore[no-untyped-def]
    text = text_of(version)
    return {name: getattr(text, name) for name in text.__dataclass_fields__}


def holder(skill: str, until: date | None = None) -> int:
    trainer = TrainerFactory()
    with committed():
        row = TrainerSkill(
            trainer_id=trainer.id,
            skill=skill,
            shown_by="Certificat",
            checked_on=date(2026, 1, 5),
            valid_until=until,
        )
        db.session.add(row)
    return int(trainer.id)


def test_each_version_says_which_skills_were_required_from_its_day(app: Flask) -> None:
    first = published()
    next_version(first.programme_id, ("Animation participative", "Droit public"))
    before, after = pieces("required-skills")
    assert (before.scope_kind, before.scope_id) == ("catalogue-entry", first.programme_id)
    assert before.facts["skills"] == ["Animation participative"]
    assert after.facts["skills"] == ["Animation participative", "Droit public"]
    assert before.withdrawn_at is None
    assert after.withdrawn_at is None
    assert first.programme.first_published_on == A_DAY.date()


def test_a_version_that_asks_for_none_withdraws_what_was_said(app: Flask) -> None:
    first = published()
    next_version(first.programme_id, ())
    (piece,) = pieces("required-skills")
    assert piece.withdrawn_at is not None
    assert "version 2" in piece.withdrawn_why


def test_a_programme_that_never_asked_for_any_leaves_nothing(app: Flask) -> None:
    published(required_skills=())
    assert pieces("required-skills") == []


def test_the_skills_of_a_day_and_who_held_them(sign_in: SignIn) -> None:
    office, made = sign_in(Role.OFFICE), published()
    whole, expired = holder("animation  participative"), holder("Animation participative")
    with committed():
        row = db.session.scalars(
            select(TrainerSkill).where(TrainerSkill.trainer_id == expired)
        ).one()
        row.valid_until = date(2026, 6, 30)
    held = [
        one.trainer.id for one in queries.holders(["Animation participative"], date(2026, 7, 1))
    ]
    assert held == [whole]
    page = f"/formations/{made.programme_id}/competences"
    with clock.frozen(LATER):
        assert "Animation participative" in office.get(page).text
        assert "Aucune version en vigueur ce jour-là" in office.get(f"{page}?jour=2020-01-01").text
        assert "Ce jour n’existe pas" in office.get(f"{page}?jour=jamais").text
        db.session.remove()
        with counted() as seen:
            assert office.get(page).status_code == 200
        few = len(seen)
        for _ in range(30):
            holder("Animation participative")
        db.session.remove()
        with counted() as seen:
            assert office.get(page).status_code == 200
    assert len(seen) == few <= 10
    assert office.get("/formations/999/competences").status_code == 404


def test_the_conditions_are_those_of_the_next_cohorts_and_of_copies(sign_in: SignIn) -> None:
    office, made = sign_in(Role.OFFICE), published()
    page = f"/formations/{made.programme_id}/conditions"
    assert office.get(page).status_code == 200
    reply = office.post(page, data={"is_alternance": "y", "has_work_placement": "y"})
    assert reply.status_code == 303
    programme = db.session.get_one(Programme, made.programme_id)
    db.session.refresh(programme)
    assert (programme.is_alternance, programme.has_work_placement) == (True, True)
    with office.application.test_request_context():
        form = proposed_form(made, date(2026, 9, 17), 2)
    assert form.is_alternance.data
    assert form.has_work_placement.data
    copy = operations.copy_programme(made, reference="CTG-CAF", **BY)
    assert copy.programme.has_work_placement


def test_resources_are_reviewed_and_dated(sign_in: SignIn) -> None:
    office, made = sign_in(Role.QUALITY_MANAGER), published()
    page = f"/formations/{made.programme_id}/ressources"
    said = {"reviewed_by": "Claire Vasseur", "looked_at": "Les supports", "decisions": "Gardés"}
    with clock.frozen(LATER):
        assert "Aucune pour l’instant" in office.get(page).text
        assert office.post(page, data=said | {"reviewed_on": "2026-06-20"}).status_code == 303
        (piece,) = pieces("resources-reviewed")
        assert (piece.scope_kind, piece.scope_id) == ("catalogue-entry", made.programme_id)
        assert piece.occurred_on == date(2026, 6, 20)
        assert "Les supports" in office.get(page).text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reviewed_on": "2026-07-20"}, "Ce jour n’est pas encore venu"),
        ({"reviewed_on": "hier"}, "Ce jour n’existe pas"),
        ({"looked_at": " "}, "Écrivez ce qui a été regardé"),
        ({"decisions": ""}, "Écrivez ce qui en sort"),
        ({"reviewed_by": ""}, "Indiquez qui"),
        ({"looked_at": "x" * 6001}, "Pas plus de 6000"),
    ],
)
def test_a_wrong_review_is_refused_and_kept(
    sign_in: SignIn, changes: dict[str, str], message: str
) -> None:
    office, made = sign_in(Role.OFFICE), published()
    data = {
        "reviewed_on": "2026-06-20",
        "reviewed_by": "Claire",
        "looked_at": "Supports",
        "decisions": "Gardés tels quels",
    }
    with clock.frozen(LATER):
        reply = office.post(f"/formations/{made.programme_id}/ressources", data=data | changes)
    assert reply.status_code == 422
    assert message in reply.text.replace("\u00a0", " ")
    kept = "Gardés tels quels" if "decisions" not in changes else "Supports"
    assert kept in reply.text
    assert db.session.scalars(select(ResourcesReview)).all() == []


def test_the_operation_itself_refuses(app: Flask) -> None:
    made = published()
    wrong = operations.ResourcesDetails(
        reviewed_on=date(2030, 1, 1), reviewed_by="", looked_at="", decisions=""
    )
    with clock.frozen(LATER), pytest.raises(Problems) as refused:
        operations.review_resources(made.programme, wrong, by=SYSTEM, at=LATER)
    fields = {one.field for one in refused.value.problems}
    assert fields == {"reviewed_on", "reviewed_by", "looked_at", "decisions"}


def test_a_trainer_opens_none_of_it(sign_in: SignIn) -> None:
    trainer, made = sign_in(Role.TRAINER), published()
    for path in ("conditions", "competences", "ressources"):
        assert trainer.get(f"/formations/{made.programme_id}/{path}").status_code == 403
