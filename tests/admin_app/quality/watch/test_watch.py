"""The watch: entered, analysed, applied to programmes, told; what it proves."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.errors import Problems, Refused
from admin_app.quality.watch import operations, queries
from admin_app.quality.watch.models import WatchEffect, WatchNote, WatchTold
from tests.admin_app.quality.support import (
    SignIn,
    error_of,
    journal,
    page,
    proofs,
    rows,
    statements,
    words,
)
from tests.factories import ProgrammeFactory, TrainerFactory, UserFactory
from tests.factories.registers import QUALITY, TODAY, found

BASE = "/qualite/veille/"
TYPED = {
    "topic": "legal",
    "title": "Décret n° 2026-728",
    "source": "Journal officiel",
    "url": "legifrance.gouv.fr/jorf/id/JORFTEXT000054608509",
    "published_on": "2026-08-04",
    "found_on": "2026-11-20",
    "found_by": "Nora Lenoir",
    "extract": "33 indicateurs, en vigueur depuis le 1er novembre.",
    "reader_id": "0",
}
DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def manager(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.QUALITY_MANAGER)


def one() -> WatchNote:
    db.session.expire_all()
    return db.session.scalars(select(WatchNote)).one()


def test_an_item_is_entered_and_proves_that_the_domain_is_watched(manager: FlaskClient) -> None:
    assert "Rien n’est encore entré" in manager.get(BASE).text
    reply = manager.post(f"{BASE}ajouter", data=TYPED)
    note = one()
    assert reply.location == f"{BASE}{note.id}"
    assert note.url == "https://legifrance.gouv.fr/jorf/id/JORFTEXT000054608509"
    assert note.state == "to-analyse"
    (proof,) = proofs("legal-watch")
    assert (proof.scope_kind, proof.source_kind, proof.source_id) == (
        "provider",
        "watch-note",
        note.id,
    )
    assert proof.occurred_on == date(2026, 11, 20)
    assert proofs("legal-watch-use") == []
    assert "Pas encore analysé" in words(manager.get(reply.location))
    listed = words(manager.get(BASE))
    assert "Prochaine veille attendue le 20 février 2027" in listed
    assert "1 élément à analyser" in listed


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"found_on": "2026-11-25"}, "found_on", "pas encore venu"),
        ({"published_on": "2026-11-25"}, "published_on", "pas encore venu"),
        ({"published_on": "2026-11-21"}, "published_on", "après le jour où vous l’avez trouvé"),
        ({"found_on": "31/02/2026"}, "found_on", "n’existe pas"),
        ({"found_on": ""}, "found_on", "Indiquez le jour"),
        ({"title": " "}, "title", "Donnez un titre"),
        ({"title": "x" * 201}, "title", "200 caractères"),
        ({"source": ""}, "source", "d’où cela vient"),
        ({"url": "javascript:alert(1)"}, "url", "Écrivez l’adresse ainsi"),
        ({"url": "https://[oups"}, "url", "Écrivez l’adresse ainsi"),
        ({"topic": "gossip"}, "topic", "Choisissez dans la liste"),
        ({"topic": ""}, "topic", "Choisissez un domaine"),
        ({"reader_id": "999"}, "reader_id", "qui lit les registres"),
        ({"reader_id": "99999999999999999999"}, "reader_id", "Choix non valide"),
        ({"reader_id": "abc"}, "reader_id", ""),
    ],
)
def test_a_refused_item_is_kept_on_the_page(
    manager: FlaskClient, changes: dict, field: str, why: str
) -> None:
    reply = manager.post(f"{BASE}ajouter", data=TYPED | changes)
    assert reply.status_code == 422
    assert error_of(reply, field)
    assert why in error_of(reply, field)
    assert "33 indicateurs, en vigueur" in reply.text
    assert rows(WatchNote) == 0
    assert proofs("legal-watch") == []


def test_a_correction_makes_the_evidence_again_only_when_it_says_otherwise(
    manager: FlaskClient,
) -> None:
    note = found()
    (before,) = proofs("legal-watch")
    same = TYPED | {"title": note.title, "url": "", "published_on": "2026-08-04"}
    assert manager.post(f"{BASE}{note.id}/corriger", data=same).status_code == 303
    assert [one.id for one in proofs("legal-watch")] == [before.id]
    assert one().extract.startswith("33 indicateurs")
    other = same | {"found_on": "2026-11-19"}
    assert manager.post(f"{BASE}{note.id}/corriger", data=other).status_code == 303
    (after,) = proofs("legal-watch")
    assert after.id != before.id
    assert after.occurred_on == date(2026, 11, 19)


def test_an_analysis_counts_as_use_only_with_a_decision(manager: FlaskClient) -> None:
    note = found()
    typed = {"on": "2026-11-23", "analysis": "Le registre des risques s’ouvre.", "decision": ""}
    assert manager.post(f"{BASE}{note.id}/analyse", data=typed).status_code == 303
    assert one().state == "analysed"
    assert proofs("legal-watch-use") == []
    typed["decision"] = "Nora ouvre l’analyse des risques avant le 15 décembre."
    manager.post(f"{BASE}{note.id}/analyse", data=typed)
    manager.post(f"{BASE}{note.id}/analyse", data=typed)  # the same again proves nothing more
    (proof,) = proofs("legal-watch-use")
    assert proof.occurred_on == DAY
    assert "Prochaine suite donnée attendue le 23 novembre 2027" in words(manager.get(BASE))


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"on": "2026-11-25"}, "on", "pas encore venu"),
        ({"on": "2026-11-19"}, "on", "avant le 20/11/2026"),
        ({"analysis": ""}, "analysis", "ce que cela change"),
    ],
)
def test_a_refused_analysis_writes_nothing(
    manager: FlaskClient, changes: dict, field: str, why: str
) -> None:
    note = found()
    typed = {"on": "2026-11-23", "analysis": "Rien ne change.", "decision": "Gardé tel quel."}
    reply = manager.post(f"{BASE}{note.id}/analyse", data=typed | changes)
    assert reply.status_code == 422
    assert why in error_of(reply, field)
    assert "Gardé tel quel." in reply.text
    assert one().analysed_on is None
    assert proofs("legal-watch-use") == []


def test_an_effect_on_a_programme_is_noted_done_and_taken_away(manager: FlaskClient) -> None:
    programme = ProgrammeFactory(reference="CTG-01", title="Coopération")
    note = found(topic="trades")
    typed = {"programme": "CTG-99", "words": "Une compétence de plus.", "done_on": ""}
    reply = manager.post(f"{BASE}{note.id}/formations", data=typed)
    assert reply.status_code == 422
    assert "CTG-99" in error_of(reply, "programme")
    assert "Une compétence de plus." in reply.text
    assert rows(WatchEffect) == 0
    typed["programme"] = "CTG-01 – Coopération"
    assert manager.post(f"{BASE}{note.id}/formations", data=typed).status_code == 303
    effect = db.session.scalars(select(WatchEffect)).one()
    assert effect.programme_id == programme.id
    assert "formation CTG-01" in proofs("trades-watch-use")[0].label
    place = f"{BASE}{note.id}/formations/{effect.id}"
    assert "pas encore venu" in error_of(
        manager.post(f"{place}/fait", data={"on": "2026-12-01"}), "on"
    )
    assert manager.post(f"{place}/fait", data={"on": "2026-11-24"}).status_code == 303
    assert len(proofs("trades-watch-use")) == 2
    assert "dites pourquoi" in manager.post(f"{place}/retirer", data={"why": ""}).text.lower()
    assert manager.post(f"{place}/retirer", data={"why": "Autre formation."}).status_code == 303
    shown = words(manager.get(f"{BASE}{note.id}"))
    assert "Retiré par" in shown
    assert "Autre formation." in shown
    assert words(manager.get(f"{BASE}?formation=CTG-01")).count("Journal officiel") == 0


def test_chosen_people_are_told_by_mail_once_each(manager: FlaskClient, outbox: list) -> None:
    trainer = TrainerFactory(email="claire@example.org", first_name="Claire")
    TrainerFactory(email="paul@example.org")
    UserFactory(email="CLAIRE@example.org", roles=(Role.OFFICE,))
    UserFactory(email="audit@example.org", roles=(Role.AUDITOR,))
    note = found()
    choices = page(manager.get(f"{BASE}{note.id}/diffuser"))
    offered = {box["value"] for box in choices.find_all("input", {"name": "people"})}
    assert {"users", "trainers", f"trainer-{trainer.id}"} <= offered
    assert "audit@example.org" not in choices.text
    typed = {"people": ["trainers", f"trainer-{trainer.id}", "users"], "message": "À lire lundi."}
    assert manager.post(f"{BASE}{note.id}/diffuser", data=typed).status_code == 303
    reached = [mail.to[0].lower() for mail in outbox]
    assert sum("claire@example.org" in one for one in reached) == 1
    assert sum("paul@example.org" in one for one in reached) == 1
    assert not any("audit@" in one for one in reached)
    assert "À lire lundi." in outbox[0].body
    assert note.title in outbox[0].subject
    assert rows(WatchTold) == len(outbox)
    (proof,) = proofs("legal-watch-use")
    assert "transmise par message à" in proof.label
    assert one().state == "shared"
    assert "en route" not in words(manager.get(f"{BASE}{note.id}"))


@pytest.mark.parametrize(
    ("people", "why"),
    [
        ([], "Choisissez au moins une personne"),
        (["trainer-999"], "n’est pas ou plus dans la liste"),
        (["user-abc"], "n’est pas ou plus dans la liste"),
        (["user-99999999999999999999"], "n’est pas ou plus dans la liste"),
        (["trainers"], "Choisissez au moins une personne"),
    ],
)
def test_nobody_is_told_when_the_choice_is_wrong(
    manager: FlaskClient, outbox: list, people: list[str], why: str
) -> None:
    note = found()
    reply = manager.post(f"{BASE}{note.id}/diffuser", data={"people": people, "message": "Salut"})
    assert reply.status_code == 422
    assert why in error_of(reply, "people")
    assert "Salut" in reply.text
    assert outbox == []
    assert rows(WatchTold) == 0
    assert one().shared_on is None


def test_people_told_otherwise_are_noted(manager: FlaskClient) -> None:
    note = found()
    typed = {"on": "2026-11-23", "how": "meeting", "whom": "L’équipe, 6 personnes", "words": ""}
    bad = typed | {"on": "2026-12-23", "how": "pigeon", "whom": ""}
    reply = manager.post(f"{BASE}{note.id}/dit", data=bad)
    assert reply.status_code == 422
    assert "Dites à qui" in error_of(reply, "whom")
    reply = manager.post(f"{BASE}{note.id}/dit", data=bad | {"whom": "L’équipe"})
    assert "pas encore venu" in error_of(reply, "on")
    assert "Choisissez dans la liste" in error_of(reply, "how")
    assert rows(WatchTold) == 0
    assert manager.post(f"{BASE}{note.id}/dit", data=typed).status_code == 303
    (proof,) = proofs("legal-watch-use")
    assert proof.occurred_on == DAY
    assert "en réunion" in words(manager.get(f"{BASE}{note.id}"))


def test_left_without_effect_is_tried_and_never_counts_as_use(manager: FlaskClient) -> None:
    note = found()
    reply = manager.post(f"{BASE}{note.id}/sans-suite", data={"on": "2026-11-24", "why": ""})
    assert "Dites pourquoi" in error_of(reply, "why")
    assert one().dropped_on is None
    typed = {"on": "2026-11-24", "why": "Ne vise que l’apprentissage."}
    assert manager.post(f"{BASE}{note.id}/sans-suite", data=typed).status_code == 303
    (proof,) = proofs("legal-watch-use")
    assert proof.outcome == "tried"
    assert len(proofs("legal-watch")) == 1
    assert queries.domains(TODAY.date())[0].used.last_on is None
    reply = manager.post(
        f"{BASE}{note.id}/analyse", data={"on": "2026-11-24", "analysis": "x", "decision": "y"}
    )
    assert reply.status_code == 422
    assert "classé sans suite" in reply.text
    assert manager.post(f"{BASE}{note.id}/reprendre").status_code == 303
    assert one().state == "to-analyse"


def test_a_mistake_proves_nothing_any_more(manager: FlaskClient) -> None:
    note = found()
    typed = {"on": "2026-11-24", "why": "Entré deux fois.", "is_mistake": "y"}
    assert manager.post(f"{BASE}{note.id}/sans-suite", data=typed).status_code == 303
    assert proofs("legal-watch") == []
    assert "ne compte plus comme preuve" in words(manager.get(f"{BASE}{note.id}"))
    with pytest.raises(Refused):
        operations.take_up(one(), by=QUALITY, at=TODAY)


def test_what_was_told_is_not_left_without_effect(app: Flask) -> None:
    note = found()
    operations.note_told(note, on=DAY, how="spoken", whom="Tous", words="", by=QUALITY, at=TODAY)
    with pytest.raises(Refused, match="diffusé"):
        operations.drop(note, on=DAY, why="Non", is_mistake=False, by=QUALITY, at=TODAY)


def test_whoever_reads_for_a_domain_gets_what_is_found_there(manager: FlaskClient) -> None:
    reader = UserFactory(name="Paul Ribeiro", roles=(Role.OFFICE,))
    place = f"{BASE}domaines/teaching"
    assert "Choisissez une personne" in error_of(manager.post(place, data={}), "owner_id")
    assert manager.post(place, data={"owner_id": str(reader.id)}).status_code == 303
    note = found(topic="teaching")
    assert (note.reader_id, note.reader_name) == (reader.id, "Paul Ribeiro")
    assert "Lecture : Paul Ribeiro" in words(manager.get(BASE))
    manager.post(place, data={"owner_id": "0", "owner_name": "Cabinet Lex"})
    assert found(topic="teaching").reader_name == "Cabinet Lex"
    assert queries.notes(1, reader_id=reader.id).total == 1
    assert manager.get(f"{BASE}domaines/gossip").status_code == 404
    assert journal("watch.reader")[-1].endswith("confiée à Cabinet Lex.")


def test_the_rhythm_is_late_on_the_day_after_the_last(app: Flask) -> None:
    found(found_on=TODAY.date() - timedelta(days=92), published_on=None)
    (legal, trades, _teaching) = queries.domains(TODAY.date())
    assert legal.watched.next_on == TODAY.date()
    assert not legal.watched.is_late
    assert queries.domains(TODAY.date() + timedelta(days=1))[0].watched.is_late
    assert trades.watched.next_on is None


def test_the_list_is_filtered_searched_and_costs_the_same(manager: FlaskClient) -> None:
    found(title="Œuvres à distance", topic="teaching")
    found()
    few = statements(manager, BASE)
    for rank in range(30):
        found(title=f"Élément {rank}")
    assert statements(manager, BASE) == few <= 10
    assert "26 à 32 sur 32" in words(manager.get(f"{BASE}?page=2"))
    assert "Œuvres à distance" in manager.get(f"{BASE}?q=oeuvres").text
    assert "Œuvres" not in manager.get(f"{BASE}?domaine=legal").text
    assert "Aucun élément ne répond" in manager.get(f"{BASE}?etat=shared").text
    assert "Aucun élément ne répond" in manager.get(f"{BASE}?lecture=moi").text
    assert manager.get(f"{BASE}?page=999&etat=xyz&domaine=%27").status_code == 200


def test_one_item_costs_the_same_whatever_it_holds(manager: FlaskClient) -> None:
    ProgrammeFactory(reference="CTG-01")
    note = found()

    def more() -> None:
        operations.note_effect(note, "CTG-01", "x", done_on=None, by=QUALITY, at=TODAY)
        operations.note_told(note, on=DAY, how="other", whom="x", words="", by=QUALITY, at=TODAY)

    more()
    few = statements(manager, f"{BASE}{note.id}")
    note = queries.note(note.id)
    for _ in range(10):
        more()
    assert statements(manager, f"{BASE}{note.id}") == few <= 10


def test_who_may_read_and_enter(sign_in: SignIn) -> None:
    note = found()
    for role in (Role.OFFICE, Role.DISABILITY_OFFICER, Role.QUALITY_MANAGER):
        assert sign_in(role).get(f"{BASE}{note.id}").status_code == 200
    for role in (Role.TRAINER, Role.CLIENT, Role.AUDITOR):
        assert sign_in(role).get(BASE).status_code == 403
    assert sign_in(Role.DISABILITY_OFFICER).get(f"{BASE}ajouter").status_code == 403
    assert sign_in(Role.OFFICE).get(f"{BASE}domaines/legal").status_code == 403
    assert sign_in(Role.OFFICE).get(f"{BASE}999").status_code == 404
    assert sign_in(Role.OFFICE).get(f"{BASE}{note.id}/formations/999/fait").status_code == 404


def test_the_same_person_twice_and_too_many_problems_at_once(app: Flask) -> None:
    with pytest.raises(Problems) as refused:
        operations.enter(
            operations.Found(topic="x", title="", source="", found_on=None), by=QUALITY, at=TODAY
        )
    assert {one.field for one in refused.value.problems} == {
        "topic",
        "title",
        "source",
        "found_on",
    }


def test_the_auditor_reads_an_item(app: Flask) -> None:
    note = found()
    operations.analyse(note, on=DAY, analysis="Vu.", decision="Fait.", by=QUALITY, at=TODAY)
    view = app.extensions["liasse.piece_views"]["watch-note"]
    template, context = view(note.id)
    with app.test_request_context():
        shown = app.jinja_env.get_template(template).render(content=context)
    assert "Décret" in shown
    assert "Fait." in shown
    assert view(999) is None
