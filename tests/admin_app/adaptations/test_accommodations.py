"""The closed room: what a person tells of a need goes nowhere else."""

import logging
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import InvalidRequestError

from admin_app.adaptations import operations
from admin_app.adaptations.models import Accommodation
from admin_app.adaptations.queries import accommodations as queries
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import Base, db
from admin_app.core.errors import Refused
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from tests.factories import ProviderFactory, cohort_with
from tests.factories.adaptations import OFFICER, SECRET, accommodation
from tests.factories.base import A_DAY
from tests.support.statements import counted


@pytest.fixture(autouse=True)
def _provider(app: Flask) -> None:
    ProviderFactory()


BY = {"by": OFFICER, "at": A_DAY + timedelta(days=1)}
MEASURES = "Pauses de dix minutes chaque heure."


def _journal() -> list[JournalEntry]:
    return list(db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)))


def _everywhere_but_the_room(words: str) -> list[str]:
    """Every column of every table, but the room's own, where these words can be read."""
    found = []
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')).mappings():
            found += [
                f"{table.name}.{name}"
                for name, value in row.items()
                if words in str(value) and table.name != "accommodation"
            ]
    return found


def test_without_consent_nothing_is_kept(app: Flask) -> None:
    enrolment = cohort_with().enrolments[0]
    with pytest.raises(Refused) as refused:
        accommodation(enrolment, consent=False)
    assert refused.value.field == "consent"
    with pytest.raises(Refused) as refused:
        accommodation(enrolment, need=" ")
    assert refused.value.field == "need"
    assert db.session.scalar(select(Accommodation.id)) is None


def test_a_request_tells_the_officer_that_it_is_there_and_no_more(app: Flask, outbox: list) -> None:
    cohort = cohort_with()
    made = accommodation(cohort.enrolments[0])
    assert made.erase_after == cohort.ends_on + timedelta(days=180)
    (mail,) = outbox
    assert mail.recipients() == ["Paul Ribeiro <handicap@atelier.example.org>"]
    assert SECRET not in mail.body + mail.subject + str(mail.alternatives)
    assert "Benali" not in mail.body


def test_a_need_cannot_be_read_by_mistake(app: Flask) -> None:
    made = accommodation(cohort_with().enrolments[0])
    db.session.expunge_all()
    found = db.session.get_one(Accommodation, made.id)
    assert "need" in inspect(found).unloaded
    with pytest.raises(InvalidRequestError, match="raiseload"):
        _ = found.need


def test_each_reading_is_in_the_journal_without_its_content(app: Flask) -> None:
    made = accommodation(cohort_with().enrolments[0])
    need = operations.read_need(made.id, **BY)
    assert (need.text, need.contact) == (SECRET, "le soir")
    last = _journal()[-1]
    assert (last.action, last.subject_kind, last.subject_id) == (
        "adaptations.read-need",
        "accommodation",
        made.id,
    )
    assert last.actor_label == "Paul Ribeiro"
    with pytest.raises(LookupError):
        operations.read_need(999, **BY)


def test_an_answer_leaves_evidence_that_says_only_that_it_was_handled(app: Flask) -> None:
    enrolment = cohort_with().enrolments[0]
    made = accommodation(enrolment)
    operations.decide_accommodation(made, measures=MEASURES, **BY)
    (piece,) = db.session.scalars(select(Evidence))
    assert (piece.piece, piece.scope_kind, piece.scope_id, piece.cohort_id) == (
        "accommodation",
        "accommodation",
        made.id,
        enrolment.cohort_id,
    )
    assert piece.label == "Demande d’aménagement traitée par le référent handicap"
    assert piece.facts == {"received_on": "2026-06-01", "answered_on": "2026-06-02"}
    operations.decide_accommodation(made, refused_why="Orientée vers Cap emploi.", **BY)
    assert (made.measures, len(list(db.session.scalars(select(Evidence))))) == ("", 1)


@pytest.mark.parametrize(
    "answer",
    [{}, {"measures": "A", "refused_why": "B"}, {"measures": " "}, {"measures": "x" * 5001}],
)
def test_an_answer_is_one_thing_or_the_other(app: Flask, answer: dict) -> None:
    made = accommodation(cohort_with().enrolments[0])
    with pytest.raises(Refused):
        operations.decide_accommodation(made, **answer, **BY)
    assert made.state == "received"


def test_trainers_read_the_measures_and_only_that(app: Flask, outbox: list) -> None:
    cohort = cohort_with()
    made = accommodation(cohort.enrolments[0])
    with pytest.raises(Refused, match="Décidez"):
        operations.tell_trainers(made, **BY)
    assert queries.measures_for(cohort.id) == []
    operations.decide_accommodation(made, measures=MEASURES, **BY)
    outbox.clear()
    (name,) = operations.tell_trainers(made, **BY)
    (mail,) = outbox
    assert name in mail.recipients()[0]
    for words in (SECRET, MEASURES, "Benali"):
        assert words not in mail.body + mail.subject + str(mail.alternatives)
    (measure,) = queries.measures_for(cohort.id)
    assert (measure.enrolment_id, measure.measures) == (cohort.enrolments[0].id, MEASURES)
    assert SECRET not in str(measure)
    assert queries.measures_for(cohort_with(starts_on=date(2026, 11, 2)).id) == []


def test_measures_changed_are_told_again(app: Flask) -> None:
    made = accommodation(cohort_with().enrolments[0])
    operations.decide_accommodation(made, measures=MEASURES, **BY)
    operations.tell_trainers(made, **BY)
    operations.decide_accommodation(made, measures="Support en gros caractères.", **BY)
    assert made.trainers_told_at is None


def test_the_texts_are_erased_when_their_time_has_passed(app: Flask) -> None:
    cohort = cohort_with()
    made, other = accommodation(cohort.enrolments[0]), accommodation(cohort.enrolments[1])
    operations.decide_accommodation(made, measures=MEASURES, **BY)
    operations.add_note(made, "Mesures en place.", **BY)
    operations.set_erase_date(other, cohort.ends_on + timedelta(days=366), **BY)
    last = made.erase_after
    late = {"by": SYSTEM, "at": A_DAY + timedelta(days=400)}
    assert operations.erase_due(last, **late) == 0
    assert operations.erase_due(last + timedelta(days=1), **late) == 1
    row = (
        db.session.execute(text("SELECT * FROM accommodation WHERE id = :id"), {"id": made.id})
        .mappings()
        .one()
    )
    assert (row["need"], row["contact"], row["measures"]) == ("", "", "")
    assert (made.state, made.follow_up) == ("closed", [])
    assert db.session.scalar(select(Evidence.id)) is not None
    assert operations.erase_due(last + timedelta(days=1), **late) == 0
    for act in (
        lambda: operations.decide_accommodation(made, measures=MEASURES, **BY),
        lambda: operations.add_note(made, "Encore", **BY),
        lambda: operations.set_erase_date(made, last, **BY),
    ):
        with pytest.raises(Refused, match="effacés"):
            act()


def test_the_erase_date_stays_within_a_year(app: Flask) -> None:
    cohort = cohort_with()
    made = accommodation(cohort.enrolments[0])
    for day in (A_DAY.date(), cohort.ends_on + timedelta(days=367)):
        with pytest.raises(Refused) as refused:
            operations.set_erase_date(made, day, **BY)
        assert refused.value.field == "erase_after"


def test_what_was_told_is_nowhere_else(
    app: Flask, sign_in, outbox: list, caplog: pytest.LogCaptureFixture
) -> None:
    """The whole way, through the pages, then every table, message, log and page is searched."""
    caplog.set_level(logging.DEBUG)
    cohort = cohort_with()
    made = accommodation(cohort.enrolments[0])
    officer = sign_in(Role.DISABILITY_OFFICER)
    address = f"/adaptations/amenagements/{made.id}"
    with clock.frozen(BY["at"]):
        assert SECRET in officer.get(address).text
        reply = officer.post(address, data={"outcome": "measures", "measures": MEASURES})
        assert reply.status_code == 303
        assert officer.post(f"{address}/formateurs").status_code == 303
        officer.post(f"{address}/suivi", data={"text": "Elle va bien."})
        shown = officer.get(address).text.replace("\u00a0", " ")
        assert "2 juin 2026 à 10 h" in shown
        assert "Elle va bien." in shown
        officer.post(address, data={"outcome": "refused", "refused_why": ""})
    assert _everywhere_but_the_room(SECRET) == []
    assert _everywhere_but_the_room(MEASURES) == []
    assert _everywhere_but_the_room("Elle va bien.") == []
    assert SECRET not in caplog.text
    for mail in outbox:
        assert SECRET not in mail.body + mail.subject + str(mail.alternatives)
    for role in (Role.OFFICE, Role.QUALITY_MANAGER, Role.ADMINISTRATOR):
        client = sign_in(role)
        for page in (
            f"/sessions/{cohort.id}",
            f"/sessions/{cohort.id}/preuves",
            f"/sessions/{cohort.id}/besoins",
            "/couverture",
            "/journal",
            "/adaptations/",
        ):
            shown = client.get(page).text
            assert SECRET not in shown, page
            assert MEASURES not in shown, page


def test_an_error_of_the_database_does_not_tell_what_was_written(app: Flask) -> None:
    assert db.engine.hide_parameters


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.DISABILITY_OFFICER])
def test_nobody_else_opens_the_room(app: Flask, sign_in, role: Role) -> None:
    enrolment = cohort_with().enrolments[0]
    made = accommodation(enrolment)
    client = sign_in(role)
    for address in (
        "/adaptations/amenagements",
        f"/adaptations/amenagements/{made.id}",
        "/adaptations/amenagements/nouvelle",
        f"/adaptations/amenagements/nouvelle/{enrolment.id}",
    ):
        assert client.get(address).status_code == 403
    for act in ("", "/formateurs", "/suivi", "/effacement"):
        assert client.post(f"/adaptations/amenagements/{made.id}{act}").status_code == 403
    assert all(entry.action != "adaptations.read-need" for entry in _journal())


def test_the_list_reads_no_need_and_takes_few_statements(app: Flask, sign_in) -> None:
    officer = sign_in(Role.DISABILITY_OFFICER)
    assert "Aucune demande" in officer.get("/adaptations/amenagements").text
    counts = []
    for rows in (25, 75):
        cohort = cohort_with(trainees=rows, starts_on=date(2026, 9, 17) + timedelta(days=rows))
        for enrolment in cohort.enrolments:
            accommodation(enrolment)
        db.session.remove()
        with counted() as statements:
            reply = officer.get("/adaptations/amenagements")
        assert reply.status_code == 200
        assert SECRET not in reply.text
        read = [one for one in statements if not one.startswith("SELECT count(*)")]
        assert [one for one in read if "accommodation.need" in one] == []
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10
    assert all(entry.action != "adaptations.read-need" for entry in _journal())


def test_the_officer_writes_down_what_was_said_by_phone(app: Flask, sign_in) -> None:
    enrolment = cohort_with().enrolments[0]
    officer = sign_in(Role.DISABILITY_OFFICER)
    found = officer.get("/adaptations/amenagements/nouvelle?q=benali").text
    address = f"/adaptations/amenagements/nouvelle/{enrolment.id}"
    assert address in found
    refused = officer.post(address, data={"need": "Une place assise", "contact": "le soir"})
    assert refused.status_code == 422
    assert "Sans votre accord" in refused.text
    assert "Une place assise" in refused.text
    done = officer.post(address, data={"need": "Une place assise", "consent": "y"})
    assert done.status_code == 303
    assert "Une place assise" in officer.get(done.location).text
    assert officer.get("/adaptations/amenagements/999").status_code == 404
    assert officer.get("/adaptations/amenagements/nouvelle/999").status_code == 404


def test_a_bad_answer_is_kept_and_explained(app: Flask, sign_in) -> None:
    made = accommodation(cohort_with().enrolments[0])
    officer = sign_in(Role.DISABILITY_OFFICER)
    address = f"/adaptations/amenagements/{made.id}"
    for data, words in (
        ({"measures": "À moitié"}, "Choisissez une réponse"),
        ({"outcome": "measures"}, "Écrivez les mesures"),
        ({"outcome": "refused", "measures": "À moitié"}, "Dites pourquoi"),
        ({"outcome": "other", "measures": "À moitié"}, "Écrivez les mesures retenues, ou pourquoi"),
    ):
        reply = officer.post(address, data=data)
        assert reply.status_code == 422
        assert words in reply.text
        assert data.get("measures", "") in reply.text
    assert officer.post(f"{address}/effacement", data={"erase_after": "hier"}).status_code == 422
    assert officer.post(f"{address}/formateurs").status_code == 422
    assert officer.post(f"{address}/suivi", data={"text": ""}).status_code == 422
    db.session.expire_all()
    assert db.session.get_one(Accommodation, made.id).state == "received"
