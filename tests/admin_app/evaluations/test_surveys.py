"""Surveys: sent once, reminded twice, answered for good."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock, links
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.links import Purpose
from admin_app.core.mail import MailMessage
from admin_app.coverage.models import Expectation
from admin_app.demo.answers import Voice, answers_to
from admin_app.evaluations import operations, queries
from admin_app.evaluations.kinds import KINDS
from admin_app.evaluations.models import Survey
from admin_app.evaluations.rounds import send_what_is_due
from admin_app.evidence.models import Evidence
from admin_app.questionnaires import load
from tests.factories import ProviderFactory, cohort_with, committed
from tests.factories.followed import held

AFTER = datetime(2026, 9, 19, 8, tzinfo=UTC)
ANSWERS = {
    "objectives": "4",
    "expectations": "5",
    "pace": "right",
    "trainers": "5",
    "materials": "4",
    "welcome": "5",
    "recommend": "yes",
}
NADIA = Voice(name="Nadia Benali", group="CTG-2026-01", rank=0, programme="CTG")


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    ProviderFactory()
    return held(cohort_with(trainees=3))


def surveys() -> list[Survey]:
    return list(db.session.scalars(select(Survey).order_by(Survey.id)))


def pieces(piece: str) -> list[Evidence]:
    return list(db.session.scalars(select(Evidence).where(Evidence.piece == piece)))


def test_everyone_who_attended_is_asked_once(cohort: Cohort, outbox: list) -> None:
    with clock.frozen(AFTER):
        assert operations.send_surveys("exit-survey", cohort, by=SYSTEM, at=AFTER) == 3
        assert operations.send_surveys("exit-survey", cohort, by=SYSTEM, at=AFTER) == 0
    assert len(outbox) == 3
    assert "/l/" in outbox[0].body


def test_nobody_is_asked_before_the_first_day(cohort: Cohort) -> None:
    before = datetime(2026, 9, 1, 8, tzinfo=UTC)
    with clock.frozen(before), pytest.raises(Refused, match="pas commencé"):
        operations.send_surveys("exit-survey", cohort, by=SYSTEM, at=before)


def test_an_answer_is_evidence_and_no_longer_changes(cohort: Cohort) -> None:
    with clock.frozen(AFTER):
        operations.send_surveys("exit-survey", cohort, by=SYSTEM, at=AFTER)
        survey = surveys()[0]
        with pytest.raises(Refused, match="manque"):
            operations.finish(survey, by=SYSTEM, at=AFTER)
        operations.save_answers(survey, ANSWERS, at=AFTER)
        operations.finish(survey, by=SYSTEM, at=AFTER)
        with pytest.raises(Refused, match="déjà"):
            operations.save_answers(survey, {"pace": "slow"}, at=AFTER)
    (piece,) = pieces("exit-survey")
    assert (piece.scope_kind, piece.scope_id) == (survey.scope_kind, survey.scope_id)
    assert piece.outcome == "obtained"


def test_reminders_are_two_at_most_and_prove_nothing_by_themselves(cohort: Cohort) -> None:
    with clock.frozen(AFTER):
        operations.send_surveys("exit-survey", cohort, by=SYSTEM, at=AFTER)
        survey = surveys()[-1]
        for days in (7, 14):
            operations.remind(survey, cohort, by=SYSTEM, at=AFTER + timedelta(days=days))
        assert pieces("exit-survey") == []
        with pytest.raises(Refused, match="relancé"):
            operations.remind(survey, cohort, by=SYSTEM, at=AFTER + timedelta(days=21))


@pytest.mark.parametrize(
    ("kind", "sent", "last_day"),
    [
        ("exit-survey", date(2026, 9, 19), date(2026, 10, 4)),  # a fortnight to answer
        ("client-feedback", date(2026, 9, 25), date(2026, 10, 18)),  # the piece is due at thirty
        ("follow-up-survey", date(2026, 12, 17), date(2027, 1, 1)),
        ("follow-up-survey", date(2027, 2, 1), date(2027, 2, 16)),  # sent late
    ],
)
def test_the_last_day_to_answer_is_that_of_the_piece_or_a_fortnight_later(
    cohort: Cohort, kind: str, sent: date, last_day: date
) -> None:
    assert operations.surveys.last_day(KINDS[kind], cohort.ends_on, sent) == last_day


def test_asked_in_vain_is_a_fact_once_the_last_day_has_passed(cohort: Cohort) -> None:
    sent = datetime(2026, 12, 17, 8, tzinfo=UTC)
    operations.send_surveys("follow-up-survey", cohort, by=SYSTEM, at=sent)
    survey = surveys()[0]
    assert survey.due_on == date(2027, 1, 1)
    operations.remind(survey, cohort, by=SYSTEM, at=sent + timedelta(days=7))
    with pytest.raises(Refused, match="pas encore été relancé"):
        operations.note_unanswered(survey, by=SYSTEM, at=sent + timedelta(days=30))
    operations.remind(survey, cohort, by=SYSTEM, at=sent + timedelta(days=14))
    with pytest.raises(Refused, match="encore le temps"):
        operations.note_unanswered(survey, by=SYSTEM, at=sent + timedelta(days=15))
    assert pieces("follow-up-survey") == []
    operations.note_unanswered(survey, by=SYSTEM, at=sent + timedelta(days=16))
    (piece,) = pieces("follow-up-survey")
    assert (piece.outcome, piece.occurred_on) == ("tried", date(2027, 1, 2))
    assert piece.facts["reminders"] == 2


def test_the_round_says_it_once_and_an_answer_still_counts(cohort: Cohort) -> None:
    def round_on(day: date) -> None:
        with clock.frozen(datetime(day.year, day.month, day.day, 7, tzinfo=UTC)):
            send_what_is_due()

    for rank in range(106):
        round_on(cohort.ends_on + timedelta(days=rank))
    assert {one.reminders for one in surveys() if one.kind == "follow-up-survey"} == {2}
    assert pieces("follow-up-survey") == []  # 105 days after: the last one to answer
    for rank in (106, 107, 120):
        round_on(cohort.ends_on + timedelta(days=rank))
    found = pieces("follow-up-survey")
    assert [one.outcome for one in found] == ["tried"] * 3
    assert {one.occurred_on for one in found} == {cohort.ends_on + timedelta(days=106)}
    survey = next(one for one in surveys() if one.kind == "follow-up-survey")
    late = datetime(2027, 1, 20, 8, tzinfo=UTC)
    with clock.frozen(late):
        operations.save_answers(survey, answers_to(load("follow-up-survey"), NADIA), at=late)
        operations.finish(survey, by=SYSTEM, at=late)
    row = db.session.scalars(
        select(Expectation).where(
            Expectation.piece == "follow-up-survey", Expectation.scope_id == survey.scope_id
        )
    ).one()
    assert row.outcome == "obtained"


def test_declining_asks_for_a_reason(cohort: Cohort) -> None:
    with clock.frozen(AFTER):
        operations.send_surveys("exit-survey", cohort, by=SYSTEM, at=AFTER)
        survey = surveys()[0]
        with pytest.raises(Refused, match="pourquoi"):
            operations.decline(survey, why=" ", by=SYSTEM, at=AFTER)
        operations.decline(survey, why="A quitté son poste.", by=SYSTEM, at=AFTER)
        with pytest.raises(Refused, match="ne souhaite pas"):
            operations.remind(survey, cohort, by=SYSTEM, at=AFTER)


def test_the_round_sends_on_the_day_and_never_twice(cohort: Cohort, outbox: list) -> None:
    with clock.frozen(AFTER):
        assert send_what_is_due() == 3 + 1  # three trainees, one trainer; the client has no contact
        assert send_what_is_due() == 0
    with clock.frozen(AFTER + timedelta(days=8)):
        assert send_what_is_due() == 4  # reminders
        assert send_what_is_due() == 0
    with clock.frozen(datetime(2026, 12, 18, 8, tzinfo=UTC)):
        send_what_is_due()
    kinds = db.session.execute(select(Survey.kind, func.count()).group_by(Survey.kind)).all()
    assert ("follow-up-survey", 3) in [tuple(row) for row in kinds]


def test_the_whole_questionnaire_by_link(cohort: Cohort, browse: FlaskClient) -> None:
    with clock.frozen(AFTER):
        operations.send_surveys("exit-survey", cohort, by=SYSTEM, at=AFTER)
        survey = surveys()[0]
        link = links.current(Purpose.EXIT_SURVEY, ("survey", survey.id), AFTER)
        assert link is not None
        base = f"/l/{links.token(link)}"
        assert browse.get(base).location.endswith("/avis")
        assert b"9 questions" in browse.get(f"{base}/avis").data.replace(b"\xc2\xa0", b" ")
        refused = browse.post(f"{base}/avis/1", data={"answer": ""})
        assert refused.status_code == 422
        assert "Choisissez un chiffre" in refused.text
        for step, question in enumerate(
            ("4", "5", "right", "5", "4", "5", "Un atelier", "", "yes"), 1
        ):
            reply = browse.post(f"{base}/avis/{step}", data={"answer": question})
            assert reply.status_code == 303, step
        assert "Un atelier" in browse.get(f"{base}/avis/10").text
        assert browse.post(f"{base}/avis/10").status_code == 303
        assert "Merci" in browse.get(f"{base}/avis").text
        assert "Merci" in browse.post(f"{base}/avis/1", data={"answer": "1"}).text
        assert browse.get(f"{base}/avis/99").status_code == 200  # thanks, whatever the step
    db.session.expire_all()
    assert surveys()[0].answered_at is not None


def test_a_draft_is_saved_and_said_so(cohort: Cohort, browse: FlaskClient) -> None:
    with clock.frozen(AFTER):
        operations.send_surveys("exit-survey", cohort, by=SYSTEM, at=AFTER)
        survey = surveys()[0]
        link = links.current(Purpose.EXIT_SURVEY, ("survey", survey.id), AFTER)
        assert link is not None
        reply = browse.post(
            f"/l/{links.token(link)}/avis/7",
            data={"answer": "Les réunions"},
            headers={"Accept": "application/json"},
        )
    assert reply.json is not None
    assert "h" in reply.json["saved_at"]


def test_the_office_sees_who_answered_and_what(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    with clock.frozen(AFTER):
        operations.send_surveys("exit-survey", cohort, by=SYSTEM, at=AFTER)
        survey = surveys()[0]
        operations.save_answers(survey, ANSWERS | {"use": "Un atelier d’élus"}, at=AFTER)
        operations.finish(survey, by=SYSTEM, at=AFTER)
        office = sign_in(Role.OFFICE)
        page = office.get(f"/sessions/{cohort.id}/evaluations")
        assert page.status_code == 200
        assert "Un atelier d’élus" in page.text
        read = office.get(f"/sessions/{cohort.id}/evaluations/reponses/{survey.id}")
        assert "5 sur 5 (tout à fait)" in read.text.replace("\u00a0", " ")
        other = cohort_with(trainees=1)
        assert (
            office.get(f"/sessions/{other.id}/evaluations/reponses/{survey.id}").status_code == 404
        )


def test_results_say_means_counts_and_texts(cohort: Cohort) -> None:
    with clock.frozen(AFTER):
        operations.send_surveys("exit-survey", cohort, by=SYSTEM, at=AFTER)
        for survey, mark in zip(surveys(), ("4", "5", "3"), strict=True):
            operations.save_answers(survey, ANSWERS | {"objectives": mark}, at=AFTER)
            operations.finish(survey, by=SYSTEM, at=AFTER)
    found = next(one for one in queries.results(cohort.id) if one.kind.key == "exit-survey")
    assert (found.sent, found.answered) == (3, 3)
    assert found.questions[0].mean == 4.0
    assert found.questions[2].counts == (("Bien ajusté", 3),)


def test_one_cohort_that_fails_stops_none_of_the_others(
    cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[tuple[str, int]] = []
    other = cohort_with(trainees=1)

    def send(kind: str, one: Cohort, **_: object) -> int:
        tried.append((kind, one.id))
        if one.id == cohort.id:
            raise RuntimeError
        return 1

    monkeypatch.setattr("admin_app.evaluations.rounds.send_surveys", send)
    with clock.frozen(AFTER):
        assert send_what_is_due() >= 1
    assert {cohort.id, other.id} == {key for _, key in tried}


def test_nobody_was_asked_in_vain_by_a_message_that_never_left(cohort: Cohort) -> None:
    sent = datetime(2026, 12, 17, 8, tzinfo=UTC)
    operations.send_surveys("follow-up-survey", cohort, by=SYSTEM, at=sent)
    for days in (7, 14):
        for one in surveys():
            operations.remind(one, cohort, by=SYSTEM, at=sent + timedelta(days=days))
    unlucky, *others = surveys()
    with committed():
        message = db.session.scalars(
            select(MailMessage).where(
                MailMessage.about_kind == "survey", MailMessage.about_id == unlucky.id
            )
        ).first()
        assert message is not None
        message.state = "failed"
    with clock.frozen(sent + timedelta(days=30)):
        send_what_is_due()
    found = [one for one in pieces("follow-up-survey") if one.outcome == "tried"]
    assert {one.source_id for one in found} == {one.id for one in others}
