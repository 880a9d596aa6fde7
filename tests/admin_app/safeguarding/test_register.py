"""The register: entries, actions, closing; who is named; what evidence says."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM, Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.safeguarding import operations, queries
from admin_app.safeguarding.models import (
    Narrative,
    NarrativeNote,
    NarrativeOpening,
    Report,
    SafeguardingReader,
)
from tests.factories import (
    HouseDocumentFactory,
    ProviderFactory,
    UserFactory,
    cohort_with,
    committed,
)
from tests.factories.base import A_DAY
from tests.factories.safeguarding import (
    ADMIN,
    SECRET,
    WHERE,
    WHO,
    as_actor,
    contact,
    procedure,
    reader,
    report,
    told,
)

THE_DAY = A_DAY.date()
NEXT = A_DAY + timedelta(days=2)
KEPT = THE_DAY + timedelta(days=400)


@pytest.fixture(autouse=True)
def _provider(app: Flask) -> None:
    ProviderFactory()


@pytest.fixture
def by(app: Flask) -> Actor:
    """Someone who is named."""
    return as_actor(reader())


def _pieces(piece: str) -> list[Evidence]:
    return list(
        db.session.scalars(
            select(Evidence).where(Evidence.piece == piece, Evidence.withdrawn_at.is_(None))
        )
    )


def _journal() -> list[JournalEntry]:
    return list(db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)))


def test_a_report_names_nobody_in_the_journal(by: Actor) -> None:
    cohort = cohort_with()
    row = report(cohort_id=cohort.id)
    last = _journal()[-1]
    assert last.summary == "Signalement SIG-2026-0001 : inscrit au registre."
    assert (last.actor_label, last.actor_id) == ("auteur d’un signalement", None)
    assert (last.ip, last.user_agent, last.cohort_id, last.details) == ("", "", None, {})
    assert (row.cohort_id, row.category) == (cohort.id, "sexual-harassment")


def test_those_who_are_named_are_told_that_one_awaits_them_and_no_more(
    app: Flask, outbox: list
) -> None:
    report()
    (house,) = outbox
    assert "contact@atelier.example.org" in house.recipients()[0]
    contact()
    outbox.clear()
    report()
    assert ["ecoute@atelier.example.org" in mail.recipients()[0] for mail in outbox] == [True]
    first, second = reader("Anne Rey"), reader("Paul Ribeiro", Role.DISABILITY_OFFICER)
    outbox.clear()
    report()
    assert {mail.recipients()[0].split("<")[1][:-1] for mail in outbox} == {
        first.email,
        second.email,
    }
    for mail in outbox:
        for words in (SECRET, WHO, WHERE, "harcèlement"):
            assert words not in mail.body + mail.subject + str(mail.alternatives)


def test_an_anonymous_report_keeps_no_name(by: Actor) -> None:
    row = report(is_anonymous=True, contact="")
    opened = operations.open_narrative(row, reason="handle", by=by, at=NEXT)
    assert (opened.text, opened.author, opened.contact) == (SECRET, "", "")


def test_only_those_who_are_named_enter_what_someone_told(by: Actor) -> None:
    with pytest.raises(Refused, match="personnes nommées"):
        operations.report(told(channel="spoken"), by=ADMIN, at=A_DAY)
    assert db.session.scalar(select(Report.id)) is None
    row = operations.report(told(channel="spoken"), by=by, at=A_DAY)
    assert (_journal()[-1].actor_label, row.channel) == ("Inès Calvet", "spoken")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"contact": "x" * 301}, "contact"),
        ({"category": "zzz"}, "category"),
        ({"author_kind": "zzz"}, "author_kind"),
        ({"received_on": THE_DAY + timedelta(days=1)}, "received_on"),
        ({"received_on": date(2019, 1, 1)}, "received_on"),
        ({"cohort_id": 999}, "cohort"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    app: Flask, changes: dict, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        report(**changes)
    assert {one.field for one in refused.value.problems} == {field}
    assert db.session.scalar(select(Report.id)) is None
    assert db.session.scalar(select(Narrative.id)) is None
    assert _journal() == []


def test_closing_leaves_evidence_that_says_only_that_it_was_handled(by: Actor) -> None:
    row = report(cohort_id=cohort_with().id)
    operations.add_action(row, "heard", on=THE_DAY, by=by, at=NEXT)
    operations.close(row, how="measures", on=NEXT.date(), erase_after=KEPT, by=by, at=NEXT)
    (piece,) = _pieces("report-handled")
    assert (piece.label, piece.scope_kind, piece.scope_id, piece.cohort_id) == (
        "Signalement SIG-2026-0001 traité",
        "report",
        row.id,
        None,
    )
    assert piece.facts == {"received_on": "2026-06-01", "closed_on": "2026-06-03"}
    summaries = " ".join(entry.summary for entry in _journal())
    for words in ("entendue", "mesures ont", "harcèlement sexuel"):
        assert words not in summaries
    operations.reopen(row, by=by, at=NEXT)
    assert (row.closed_on, row.erase_after, _pieces("report-handled")) == (None, None, [])


@pytest.mark.parametrize(
    ("how", "on", "erase_after", "field"),
    [
        ("zzz", THE_DAY, KEPT, "how"),
        ("measures", None, KEPT, "on"),
        ("measures", THE_DAY + timedelta(days=9), KEPT, "on"),
        ("measures", THE_DAY - timedelta(days=1), KEPT, "on"),
        ("measures", THE_DAY, None, "erase_after"),
        ("measures", THE_DAY, THE_DAY, "erase_after"),
        ("measures", THE_DAY, date(2060, 1, 1), "erase_after"),
    ],
)
def test_a_closing_that_cannot_be_is_refused(
    by: Actor, how: str, on: date | None, erase_after: date | None, field: str
) -> None:
    row = report()
    with pytest.raises(Refused) as refused:
        operations.close(row, how=how, on=on, erase_after=erase_after, by=by, at=NEXT)
    assert {one.field for one in refused.value.problems} == {field}
    db.session.refresh(row)
    assert (row.closed_on, _pieces("report-handled")) == (None, [])


def test_a_sanction_names_the_house_rules_in_force_that_day(by: Actor) -> None:
    row = report()
    with pytest.raises(Refused, match="règlement intérieur") as refused:
        operations.add_action(row, "sanction", on=THE_DAY, by=by, at=NEXT)
    assert refused.value.field == "kind"
    HouseDocumentFactory(version=3)
    made = operations.add_action(row, "sanction", on=THE_DAY, by=by, at=NEXT)
    assert made.house_rules_version == 3
    assert (
        operations.add_action(row, "heard", on=THE_DAY, by=by, at=NEXT).house_rules_version is None
    )


def test_nothing_is_noted_about_a_closed_report(by: Actor) -> None:
    row = report()
    operations.close(row, how="other", on=THE_DAY, erase_after=KEPT, by=by, at=NEXT)
    for act in (
        lambda: operations.add_action(row, "heard", on=THE_DAY, by=by, at=NEXT),
        lambda: operations.qualify(row, category="other", cohort_id=None, by=by, at=NEXT),
        lambda: operations.close(row, how="other", on=THE_DAY, erase_after=KEPT, by=by, at=NEXT),
    ):
        with pytest.raises(Refused, match="clos"):
            act()


def test_every_act_on_the_register_is_refused_to_who_is_not_named(by: Actor) -> None:
    row = report()
    for act in (
        lambda: operations.open_narrative(row, reason="handle", by=ADMIN, at=NEXT),
        lambda: operations.add_action(row, "heard", on=THE_DAY, by=ADMIN, at=NEXT),
        lambda: operations.add_note(row, "Note", by=ADMIN, at=NEXT),
        lambda: operations.qualify(row, category="other", cohort_id=None, by=ADMIN, at=NEXT),
        lambda: operations.close(row, how="other", on=THE_DAY, erase_after=KEPT, by=ADMIN, at=NEXT),
        lambda: operations.erase(row, why="person", by=ADMIN, at=NEXT),
        lambda: operations.reopen(row, by=ADMIN, at=NEXT),
    ):
        with pytest.raises(Refused, match="nommées"):
            act()
    assert db.session.scalar(select(NarrativeOpening.id)) is None


def test_an_opening_is_in_the_journal_with_who_when_and_why(by: Actor) -> None:
    row = report()
    opened = operations.open_narrative(
        row, reason="hear", detail="Rendez-vous de jeudi", by=by, at=NEXT
    )
    assert (opened.text, opened.author, opened.contact) == (SECRET, WHO, WHERE)
    last = _journal()[-1]
    assert (last.action, last.actor_label, last.at) == ("safeguarding.open", "Inès Calvet", NEXT)
    assert last.summary == "Signalement SIG-2026-0001 : récit ouvert pour préparer un entretien."
    (one,) = queries.openings(row.id)
    assert (one.opened_by, one.reason, one.detail) == (
        "Inès Calvet",
        "hear",
        "Rendez-vous de jeudi",
    )
    for reason in ("", "curiosity"):
        with pytest.raises(Refused) as refused:
            operations.open_narrative(row, reason=reason, by=by, at=NEXT)
        assert refused.value.field == "reason"


def test_when_the_journal_cannot_be_written_nothing_is_shown(
    by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from admin_app.safeguarding.operations import narratives

    row, seen = report(), []

    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("the journal is full")

    monkeypatch.setattr(narratives, "noted", fail)
    monkeypatch.setattr(narratives, "_read", seen.append)
    with pytest.raises(RuntimeError):
        operations.open_narrative(row, reason="hear", by=by, at=NEXT)
    assert seen == []


def test_what_was_told_cannot_be_read_by_mistake(by: Actor) -> None:
    from sqlalchemy.exc import InvalidRequestError

    row = report()
    operations.add_note(row, "Elle confirme.", by=by, at=NEXT)
    db.session.expunge_all()
    for table, name in ((Narrative, "text"), (Narrative, "author"), (NarrativeNote, "text")):
        found = db.session.scalars(select(table)).one()
        with pytest.raises(InvalidRequestError, match="raiseload"):
            getattr(found, name)


def test_erasing_takes_what_was_told_and_leaves_the_entry(by: Actor) -> None:
    row = report()
    operations.add_note(row, "Elle confirme.", by=by, at=NEXT)
    operations.add_action(row, "heard", on=THE_DAY, by=by, at=NEXT)
    operations.open_narrative(row, reason="hear", detail="Détail", by=by, at=NEXT)
    with pytest.raises(Refused) as refused:
        operations.erase(row, why="", by=by, at=NEXT)
    assert refused.value.field == "why"
    operations.erase(row, why="person", by=by, at=NEXT)
    assert db.session.scalar(select(Narrative.id)) is None
    assert db.session.scalar(select(NarrativeNote.id)) is None
    assert [one.detail for one in queries.openings(row.id)] == [""]
    assert (row.narrative_erased_at, len(queries.actions(row.id))) == (NEXT, 1)
    for act in (
        lambda: operations.open_narrative(row, reason="hear", by=by, at=NEXT),
        lambda: operations.add_note(row, "Encore", by=by, at=NEXT),
        lambda: operations.erase(row, why="person", by=by, at=NEXT),
    ):
        with pytest.raises(Refused, match="effacé"):
            act()
    operations.close(row, how="other", on=THE_DAY, erase_after=None, by=by, at=NEXT)


def test_what_was_told_goes_of_itself_when_its_time_has_passed(by: Actor) -> None:
    row, other = report(), report()
    operations.close(row, how="other", on=THE_DAY, erase_after=KEPT, by=by, at=NEXT)
    late = {"by": SYSTEM, "at": A_DAY + timedelta(days=500)}
    assert operations.erase_due(KEPT, **late) == 0
    assert operations.erase_due(KEPT + timedelta(days=1), **late) == 1
    assert (row.narrative_erased_why, other.narrative_erased_at) == ("kept", None)
    assert operations.erase_due(KEPT + timedelta(days=1), **late) == 0


def test_the_administrator_is_not_named_unless_named(app: Flask, outbox: list) -> None:
    admin = UserFactory(roles=(Role.ADMINISTRATOR,), name="Hélène Marchand")
    assert not queries.is_reader(admin.id, A_DAY)
    first = reader("Anne Rey")
    outbox.clear()
    operations.name_reader(admin.id, by=as_actor(admin), at=A_DAY)
    assert queries.is_reader(admin.id, A_DAY)
    assert {mail.recipients()[0].split("<")[1][:-1] for mail in outbox} == {
        first.email,
        admin.email,
    }
    assert "Hélène Marchand peut tenir le registre" in _journal()[-1].summary
    with pytest.raises(Refused, match="déjà"):
        operations.name_reader(admin.id, by=ADMIN, at=A_DAY)
    row = db.session.scalars(
        select(SafeguardingReader).where(SafeguardingReader.user_id == admin.id)
    ).one()
    outbox.clear()
    operations.unname_reader(row, by=ADMIN, at=A_DAY)
    assert (queries.is_reader(admin.id, A_DAY), len(outbox)) == (False, 2)


def test_only_the_team_may_be_named_and_a_closed_account_reads_nothing(app: Flask) -> None:
    for role in (Role.TRAINER, Role.AUDITOR, Role.CLIENT):
        with pytest.raises(Refused) as refused:
            operations.name_reader(UserFactory(roles=(role,)).id, by=ADMIN, at=A_DAY)
        assert refused.value.field == "user_id"
    user = reader()
    assert queries.is_reader(user.id, A_DAY)
    with committed():
        user.disabled_at = A_DAY
    assert not queries.is_reader(user.id, A_DAY)


def test_a_contact_is_evidence_as_long_as_it_is_one(app: Flask) -> None:
    first, second = contact(), contact(name="Paul Ribeiro", quality="")
    assert [one.label for one in _pieces("safeguarding-contact")] == [
        "Contact nommé : Inès Calvet, responsable qualité",
        "Contact nommé : Paul Ribeiro",
    ]
    operations.end_contact(first, by=ADMIN, at=NEXT)
    assert [one.label for one in _pieces("safeguarding-contact")] == [
        "Contact nommé : Paul Ribeiro"
    ]
    assert queries.contacts() == [second]
    assert queries.former_contacts() == [first]
    with pytest.raises(Refused, match="plus le contact"):
        operations.end_contact(first, by=ADMIN, at=NEXT)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "ecoute"}, "email"),
        ({"phone": "abc"}, "phone"),
        ({"since": THE_DAY + timedelta(days=1)}, "since"),
        ({"quality": "x" * 121}, "quality"),
    ],
)
def test_a_contact_that_is_wrong_is_refused(app: Flask, changes: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        contact(**changes)
    assert {one.field for one in refused.value.problems} == {field}
    assert _pieces("safeguarding-contact") == []


def test_trainers_are_told_when_they_are_assigned_once_a_procedure_is_in_force(
    app: Flask, outbox: list
) -> None:
    from admin_app.cohorts.operations import assign_trainer
    from tests.factories import TrainerFactory

    cohort, reason = cohort_with(), "Elle connaît le terrain."
    early = TrainerFactory(last_name="Avant")
    assign_trainer(cohort, early.id, reason=reason, by=ADMIN, at=A_DAY)
    assert _pieces("safeguarding-told-trainer") == []
    procedure()
    contact()
    with pytest.raises(Refused, match="en vigueur"):
        operations.tell_trainers(cohort, by=ADMIN, at=A_DAY - timedelta(days=300))
    outbox.clear()
    late = TrainerFactory(last_name="Après")
    made = assign_trainer(cohort, late.id, reason=reason, by=ADMIN, at=A_DAY)
    told_now = {one.scope_id: one for one in _pieces("safeguarding-told-trainer")}
    assert len(told_now) == 3, "those of the cohort who had not been told are told with them"
    piece = told_now[made.id]
    assert (piece.scope_kind, piece.cohort_id, piece.facts) == (
        "trainer-in-cohort",
        cohort.id,
        {"version": 1},
    )
    bodies = " ".join(mail.body for mail in outbox if "prévenir les violences" in mail.subject)
    assert "ecoute@atelier.example.org" in bodies
    assert "http://localhost/signaler" in bodies
    with pytest.raises(Refused, match="déjà reçue"):
        operations.tell_trainers(cohort, by=ADMIN, at=A_DAY)
    assert len(operations.tell_trainers(cohort, again=True, by=ADMIN, at=A_DAY)) == 3


def test_trainers_are_told_from_a_button(app: Flask) -> None:
    cohort = cohort_with()
    with pytest.raises(Refused, match="procédure"):
        operations.tell_trainers(cohort, by=ADMIN, at=A_DAY)
    procedure()
    (name,) = operations.tell_trainers(cohort, by=ADMIN, at=A_DAY)
    assert name.startswith("Claire Vasseur")
    assert [one.told_on for one in queries.teaching(cohort.id)] == [THE_DAY]


def test_outside_help_is_what_the_procedure_says_and_nothing_else(app: Flask) -> None:
    assert queries.outside_help(queries.procedure_blocks(THE_DAY)) == []
    procedure()
    (block,) = queries.outside_help(queries.procedure_blocks(THE_DAY))
    assert block.lines == (
        "Une association locale : 01 23 45 67 89",
        "Un numéro national : 0 800 00 00 00",
    )


def test_a_link_holder_whose_key_is_that_of_a_reader_opens_nothing(by: Actor) -> None:
    """The key of a trainee's actor is that of an enrolment: it must never pass for a user's."""
    trainee = Actor(ActorKind.TRAINEE, WHO, by.id)
    with pytest.raises(Refused, match="nommées"):
        operations.open_narrative(report(), reason="handle", by=trainee, at=NEXT)


def test_a_report_in_the_journal_is_of_a_link_holder_by_no_name(app: Flask) -> None:
    by = Actor(ActorKind.TRAINEE, WHO, 12)
    operations.report(told(), by=by, at=A_DAY)
    assert all(WHO not in str(vars(entry)) for entry in _journal())
