"""The trainer's pages: own cohorts or nothing, plain forms and htmx, what was typed is kept."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from admin_app.adaptations.models import Accommodation, Adaptation, AdaptationRequest
from admin_app.attendance.models import Closing, Mark, RemoteFollowUp, Signature
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from compliance.vocabulary import MarkState
from tests.factories import TrainerFactory, UserFactory, committed
from tests.factories.attendance import Room, room_with
from tests.support.statements import counted

DRAWN = '{"w": 300, "h": 150, "strokes": [[[10, 10], [80, 60], [140, 20], [200, 90]]]}'


@pytest.fixture
def room(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """The first morning, twenty minutes in."""
    monkeypatch.setattr("admin_app.core.jobs.enqueue", lambda *_: None)
    room = room_with(3)
    with clock.frozen(room.at(20)):
        yield room


@pytest.fixture
def claire(room: Room, sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    """The trainer of that cohort."""
    return sign_in(user=room.user)


def number(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def url(room: Room, rest: str = "") -> str:
    return f"/emargement/{room.morning.id}{rest}"


def test_my_day_shows_today_first_then_what_was_left_open_then_what_is_next(
    room: Room, claire: FlaskClient
) -> None:
    page = claire.get("/emargement/").text
    assert page.index("Aujourd’hui") < page.index("Prochaines demi-journées")
    assert "Jour 1, matin" in page
    assert "Restées ouvertes" not in page
    with clock.frozen(room.at(24 * 60)):
        page = claire.get("/emargement/").text.replace("\u00a0", " ")
    assert page.index("Aujourd’hui") < page.index("Restées ouvertes")
    assert "Jeudi 17 septembre 2026, matin" in page


def test_my_day_says_what_to_expect_when_there_is_nothing(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    user = UserFactory(roles=(Role.TRAINER,), trainer_id=TrainerFactory().id)
    assert "Aucune session pour le moment" in sign_in(user=user).get("/emargement/").text


def test_a_trainer_without_a_record_has_an_empty_day(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    assert sign_in(Role.TRAINER).get("/emargement/").status_code == 200


def test_my_day_costs_the_same_whatever_the_rows(
    room: Room, sign_in: Callable[..., FlaskClient]
) -> None:
    with counted() as few:
        sign_in(user=room.user).get("/emargement/")
    for _ in range(4):
        other = room_with(5, without_provider=True)
        with committed():
            other.assignment.trainer_id = room.assignment.trainer_id
    with counted() as many:
        sign_in(user=room.user).get("/emargement/")
    assert len(few) == len(many) <= 10


def test_the_half_day_costs_the_same_whatever_the_trainees(
    app: Flask, monkeypatch: pytest.MonkeyPatch, sign_in: Callable[..., FlaskClient]
) -> None:
    costs = []
    for trainees in (1, 25):
        room = room_with(trainees, without_provider=trainees > 1)
        room.mark_all()
        room.sign(0)
        with clock.frozen(room.at(20)):
            client = sign_in(user=room.user)
            with counted() as statements:
                assert client.get(url(room)).status_code == 200
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 10


PAGES = (
    "",
    "/pointage",
    "/signer",
    "/clore",
    "/co-signer",
    "/liens",
)


@pytest.mark.parametrize("rest", PAGES)
def test_the_half_day_of_another_trainer_does_not_exist(
    room: Room, sign_in: Callable[..., FlaskClient], rest: str
) -> None:
    other = UserFactory(roles=(Role.TRAINER,), trainer_id=TrainerFactory().id)
    assert sign_in(user=other).get(url(room, rest)).status_code == 404
    assert sign_in(user=room.user).get(url(room, rest)).status_code == 200


@pytest.mark.parametrize(
    "rest", ["/pointage", "/clore", "/liens", "/co-signer", "/pointage/{0}", "/signer/{0}"]
)
def test_another_trainer_can_do_nothing_there(
    room: Room, sign_in: Callable[..., FlaskClient], rest: str
) -> None:
    other = UserFactory(roles=(Role.TRAINER,), trainer_id=TrainerFactory().id)
    target = url(room, rest.format(room.enrolments[0].id))
    given = {"typed": "Claire Vasseur", f"pointage-{room.enrolments[0].id}": "present"}
    assert sign_in(user=other).post(target, data=given).status_code == 404
    assert number(Mark) == number(Signature) == number(Closing) == 0


def test_a_trainer_who_left_the_cohort_finds_it_no_more(room: Room, claire: FlaskClient) -> None:
    with committed():
        room.assignment.ended_at = room.at(0)
    assert claire.get(url(room)).status_code == 404
    assert claire.get(f"/emargement/sessions/{room.cohort.id}/suivi").status_code == 404


def test_a_trainee_of_another_cohort_is_not_found(room: Room, claire: FlaskClient) -> None:
    stranger = room_with(1, without_provider=True).enrolments[0].id
    assert claire.get(url(room, f"/stagiaires/{stranger}")).status_code == 404
    assert claire.get(url(room, f"/signer/{stranger}")).status_code == 404


def test_one_tap_marks_with_a_plain_form(room: Room, claire: FlaskClient) -> None:
    who = room.enrolments[0].id
    answer = claire.post(url(room, f"/pointage/{who}"), data={f"pointage-{who}": "absent"})
    assert answer.status_code == 303
    assert answer.location.endswith(f"#stagiaire-{who}")
    assert db.session.scalars(select(Mark)).one().state == "absent"
    assert "motif à noter" in claire.get(url(room)).text


def test_one_tap_marks_with_htmx_and_gives_the_list_back(room: Room, claire: FlaskClient) -> None:
    who = room.enrolments[0].id
    answer = claire.post(
        url(room, f"/pointage/{who}"),
        data={f"pointage-{who}": "present"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "1 présence" in answer.text.replace("\u00a0", " ")
    rest = claire.post(url(room, "/pointage"), headers={"HX-Request": "true"})
    assert "3 présences" in rest.text.replace("\u00a0", " ")


def test_noting_absent_someone_who_signed_is_said_beside_the_name(
    room: Room, claire: FlaskClient
) -> None:
    room.sign(0)
    who = room.enrolments[0].id
    answer = claire.post(
        url(room, f"/pointage/{who}"),
        data={f"pointage-{who}": "absent"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 422
    assert "Ouvrir sa fiche" in answer.text
    assert number(Mark) == 0


def test_a_late_arrival_needs_its_minutes_and_keeps_what_was_typed(
    room: Room, claire: FlaskClient
) -> None:
    where = url(room, f"/stagiaires/{room.enrolments[0].id}")
    answer = claire.post(where, data={"state": "late", "reason": "grève des trains"})
    assert answer.status_code == 422
    assert "Indiquez le retard" in answer.text
    assert "grève des trains" in answer.text
    assert number(Mark) == 0
    assert claire.post(where, data={"state": "late", "minutes_late": "vingt"}).status_code == 422
    assert claire.post(where, data={}).status_code == 422
    assert claire.post(where, data={"state": "late", "minutes_late": "20"}).status_code == 303
    assert "retard de 20" in claire.get(url(room)).text


def test_the_reason_of_an_absence_asks_for_no_medical_detail(
    room: Room, claire: FlaskClient
) -> None:
    assert (
        "sans détail médical" in claire.get(url(room, f"/stagiaires/{room.enrolments[0].id}")).text
    )


def test_the_device_goes_round_with_names_alone(room: Room, claire: FlaskClient) -> None:
    room.mark(MarkState.PRESENT, MarkState.ABSENT, reason="enfant malade")
    page = claire.get(url(room, "/signer")).text
    assert "Nadia Benali" in page
    assert "Hugo Tessier" not in page  # noted absent
    assert "@" not in page
    assert "enfant" not in page
    assert "Mairie" not in page


def test_one_person_signs_on_the_device_then_hands_it_on(room: Room, claire: FlaskClient) -> None:
    where = url(room, f"/signer/{room.enrolments[0].id}")
    page = claire.get(where).text
    assert "Nadia Benali" in page
    assert "Hugo" not in page
    empty = claire.post(where, data={"drawn": "", "typed": ""})
    assert empty.status_code == 422
    assert "Signez dans le cadre" in empty.text
    garbled = claire.post(where, data={"drawn": "{"})
    assert garbled.status_code == 422
    done = claire.post(where, data={"drawn": DRAWN})
    assert done.status_code == 303
    thanks = claire.get(done.location).text
    assert "Merci, Nadia" in thanks
    assert "Rendre l’appareil" in thanks
    signature = db.session.scalars(select(Signature)).one()
    assert (signature.channel, signature.way) == ("handed", "drawn")
    assert claire.post(where, data={"drawn": DRAWN}).status_code == 303  # pressed twice
    assert number(Signature) == 1


def test_before_the_start_the_device_says_when(room: Room, claire: FlaskClient) -> None:
    with clock.frozen(room.at(-5)):
        assert "La signature ouvre à 9" in claire.get(url(room, "/signer")).text
        where = url(room, f"/signer/{room.enrolments[0].id}")
        answer = claire.post(where, data={"typed": "Nadia Benali"})
    assert answer.status_code == 422
    assert "La signature ouvre au début" in answer.text


def test_closing_asks_to_mark_everybody_first(room: Room, claire: FlaskClient) -> None:
    page = claire.get(url(room, "/clore")).text
    assert "À pointer d’abord" in page
    assert "Signer et clore" not in page


def close(room: Room, claire: FlaskClient, **given: object) -> object:
    return claire.post(url(room, "/clore"), data={"typed": "Claire Vasseur", **given})


def test_closing_names_who_has_not_signed_and_keeps_what_was_typed(
    room: Room, claire: FlaskClient
) -> None:
    room.mark_all()
    room.sign(0), room.sign(1)
    with clock.frozen(room.after(3)):
        answer = close(room, claire, incident="Panne du vidéoprojecteur")
        assert answer.status_code == 422  # type: ignore[attr-defined]
        assert "Marta Lopes" in answer.text  # type: ignore[attr-defined]
        assert "Panne du vidéoprojecteur" in answer.text  # type: ignore[attr-defined]
        assert number(Closing) == 0
        left = str(room.enrolments[2].id)
        done = close(room, claire, left_unsigned=[left], incident="Panne")
        assert done.status_code == 303  # type: ignore[attr-defined]
        page = claire.get(url(room)).text
    closing = db.session.scalars(select(Closing)).one()
    assert (closing.unsigned, closing.incident) == (1, "Panne")
    assert "signature à régulariser" in page
    assert "Présence</label>" not in page  # frozen


def test_closing_before_time_is_confirmed_and_explained(room: Room, claire: FlaskClient) -> None:
    room.mark_all()
    for rank in range(3):
        room.sign(rank)
    for given in ({}, {"before_end": "y"}):
        assert close(room, claire, **given).status_code == 422  # type: ignore[attr-defined]
    given = {"before_end": "y", "incident": "Alerte incendie"}
    assert close(room, claire, **given).status_code == 303  # type: ignore[attr-defined]


def test_once_closed_only_the_reason_of_an_absence_can_be_noted(
    room: Room, claire: FlaskClient
) -> None:
    room.mark(MarkState.ABSENT, MarkState.PRESENT, MarkState.PRESENT)
    room.sign(1), room.sign(2)
    room.close()
    where = url(room, f"/stagiaires/{room.enrolments[0].id}")
    assert "Motif de l’absence" in claire.get(where).text
    assert claire.post(where, data={"reason": ""}).status_code == 422
    assert claire.post(where, data={"reason": "grève"}).status_code == 303
    other = claire.get(url(room, f"/stagiaires/{room.enrolments[1].id}")).text
    assert "La demi-journée est close" in other
    answer = claire.post(url(room, "/pointage"))
    assert answer.status_code == 422


def test_links_leave_by_mail_to_each_their_own(
    room: Room, claire: FlaskClient, monkeypatch: pytest.MonkeyPatch, outbox: list
) -> None:
    answer = claire.post(url(room, "/liens"), follow_redirects=True)
    assert "3 liens envoyés" in answer.text.replace("\u00a0", " ")
    assert len(outbox) == 3
    texts = {message.body for message in outbox}
    assert len(texts) == 3
    assert all("/l/" in text and "personnel" in text for text in texts)


def test_the_blank_sheet_is_a_pdf(room: Room, claire: FlaskClient) -> None:
    answer = claire.get(f"/emargement/sessions/{room.cohort.id}/feuille-vierge")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


def test_remote_work_is_written_for_each_trainee(room: Room, claire: FlaskClient) -> None:
    with committed():
        room.morning.is_remote = True
    where = f"/emargement/sessions/{room.cohort.id}/suivi"
    assert "à consigner" in claire.get(where).text
    one = f"{where}/{room.enrolments[0].id}"
    answer = claire.post(one, data={"activities": "Étude de cas rendue", "exchanges": ""})
    assert answer.status_code == 422
    assert "Étude de cas rendue" in answer.text
    given = {"activities": "Étude de cas rendue", "exchanges": "Appel du 18"}
    assert claire.post(one, data=given).status_code == 303
    assert number(RemoteFollowUp) == 1
    assert "Appel du 18" in claire.get(one).text


def test_what_other_rooms_show_stands_in_the_half_day(
    app: Flask, room: Room, claire: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = {room.enrolments[0].id: "mesure convenue : documents agrandis"}

    def provide(half_day_id: int, cohort_id: int) -> tuple[str, dict]:
        assert (half_day_id, cohort_id) == (room.morning.id, room.cohort.id)
        return "attendance/words.html", {"notes": note}

    monkeypatch.setitem(app.extensions, "liasse.half_day_panels", [provide, lambda *_: None])
    assert "documents agrandis" in claire.get(url(room)).text
    assert "documents agrandis" not in claire.get(url(room, "/signer")).text


@pytest.fixture
def promise(room: Room) -> Adaptation:
    """A change promised to the client of that cohort."""
    with committed():
        found = AdaptationRequest(
            reference="DA-2026-001",
            version_id=room.cohort.version_id,
            cohort_id=room.cohort.id,
            organisation="CAF de l’Aubrée",
            contact_name="Sophie Delorme",
            email="sophie@caf.example.org",
            context="Deuxième conventionnement.",
            audience="Chargés de coopération.",
            wished_changes="Une étude de cas locale",
            state="accepted",
            received_at=room.at(-90 * 24 * 60),
        )
        db.session.add(found)
        db.session.flush()
        promised = Adaptation(request_id=found.id, label="Étude de cas locale")
        db.session.add(promised)
    return promised


def test_a_promised_adaptation_is_said_applied_in_one_tap(
    room: Room, claire: FlaskClient, promise: Adaptation
) -> None:
    room.mark_all()
    assert "Étude de cas locale" in claire.get(url(room)).text
    assert "Étude de cas locale" in claire.get(url(room, "/clore")).text
    where = url(room, f"/adaptations/{promise.id}")
    assert claire.get(where).status_code == 405
    assert claire.post(where).status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Adaptation, promise.id).half_day_id == room.morning.id
    assert "appliquée" in claire.get(url(room)).text


def test_an_adaptation_cannot_be_applied_before_the_half_day_nor_elsewhere(
    room: Room, claire: FlaskClient, promise: Adaptation
) -> None:
    with clock.frozen(room.at(-30)):
        answer = claire.post(url(room, f"/adaptations/{promise.id}"))
    assert answer.status_code == 422
    assert "commence le" in answer.text
    other = room_with(1, without_provider=True)
    with committed():
        other.assignment.trainer_id = room.assignment.trainer_id
    path = f"/emargement/{other.morning.id}/adaptations/{promise.id}"
    assert claire.post(path).status_code == 404


def test_the_measures_agreed_stand_beside_the_name_for_the_trainer_alone(
    room: Room, claire: FlaskClient
) -> None:
    with committed():
        db.session.add(
            Accommodation(
                enrolment_id=room.enrolments[0].id,
                received_at=room.at(-9000),
                need="Très malvoyante",
                consent=True,
                state="decided",
                measures="documents agrandis",
                follow_up=[],
            )
        )
    page = claire.get(url(room)).text
    assert "mesure convenue : documents agrandis" in page.replace("\u00a0", " ")
    assert "malvoyante" not in page
    for rest in ("/signer", f"/signer/{room.enrolments[0].id}"):
        assert "agrandis" not in claire.get(url(room, rest)).text


def test_a_session_has_its_half_days_and_its_other_pages(
    room: Room, claire: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    where = f"/emargement/sessions/{room.cohort.id}"
    page = claire.get(where).text
    assert "Feuille vierge à imprimer" in page
    assert "Suivi à distance" not in page
    assert page.count('<li class="task') == 4
    assert where in claire.get("/emargement/").text
    other = UserFactory(roles=(Role.TRAINER,), trainer_id=TrainerFactory().id)
    assert sign_in(user=other).get(where).status_code == 404
    with clock.frozen(room.at(50 * 24 * 60)):  # over, and still at hand
        assert where in claire.get("/emargement/").text
