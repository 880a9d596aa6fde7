"""The cohorts, each in its state: ended, ended with gaps, adapted, remote, running, to come."""

from datetime import date, datetime, timedelta

from admin_app.cohorts.operations import cancel_cohort, replace_by_person, withdraw
from admin_app.demo import days
from admin_app.demo.days import ONE
from admin_app.demo.files import section
from admin_app.demo.story import accommodations, after, before, during, enrolling, opening
from admin_app.demo.story.session import Session, Twists
from admin_app.demo.world import World


def plan(world: World) -> None:
    """Note the life of every cohort but the one adapted for a client (`adapted`)."""
    for make in (_bocage, _littoral, _partage, _visio, _forges, _lege, _quai, _vallees):
        make(world)
    _empty(world)
    _cancelled(world)


def whole_life(session: Session, *, is_remote: bool = False) -> None:
    """Note everything, from its opening to the follow-up survey."""
    opening.plan(session)
    before.plan(session)
    during.plan(session, is_remote=is_remote)
    after.plan(session, is_remote=is_remote)


def next_days(day: date, count: int) -> tuple[date, ...]:
    """That many worked days in a row, the first on that day or as soon as can be.

    Nobody plans a training between Christmas Eve and New Year’s Day.
    """
    first = days.since(day)
    while not all(_is_taught(first + ONE * rank) for rank in range(count)):
        first = days.since(first + ONE)
    return tuple(first + ONE * rank for rank in range(count))


def _is_taught(day: date) -> bool:
    return days.is_worked(day) and (day.month, day.day) < (12, 24)


def _bocage(world: World) -> None:
    """Ended months ago, complete to the last opinion."""
    twists = Twists(
        late={(0, "Damien Fouquet"): (25, "Route barrée.")},
        absences={(3, "Laurence Ollivier"): "Rappelée pour une réunion de service."},
        regularised={(1, "Mehdi Charpentier"): "Batterie vide au moment de signer."},
        silent=frozenset({("exit-survey", "Damien Fouquet")}),
    )
    training = world.days.in_a_row(world.today - timedelta(days=300), 2)
    whole_life(Session(world, "CTG-BOCAGE", training, twists))


def _littoral(world: World) -> None:
    """Ended months ago, with most of the planted gaps."""
    twists = Twists(
        unpositioned=frozenset({"Vincent Arnoux"}),
        signed_after=3,
        unsigned=frozenset({(1, "Inès Carvalho")}),
        absences={(2, "Thierry Goulard"): ""},
        unassessed=frozenset({"Sabrina Haddad"}),
        without=frozenset({"follow-up-survey", "resources"}),
    )
    training = world.days.in_a_row(world.today - timedelta(days=132), 2)
    whole_life(Session(world, "CTG-LITTORAL", training, twists))


def _partage(world: World) -> None:
    """Ended three months ago, adapted for a disability; someone dropped out."""
    leaver = "Cécile Dubourg"
    twists = Twists(
        absences={(2, "Yassine Amrani"): "Audience au tribunal, annoncée la veille."},
        waiting=frozenset(
            {("follow-up-survey", "Camille Joubert"), ("follow-up-survey", "Mathilde Rousselot")}
        ),
    )
    training = world.days.in_a_row(world.today - timedelta(days=96), 2)
    session = Session(world, "ABS-PARTAGE", training, twists, gone={leaver: 2})
    whole_life(session)
    accommodations.plan_answered(session, "Estelle Vidal")
    session.note(session.end, "08:35", _drop_out, session, leaver)


def _visio(world: World) -> None:
    """Remote, ended two weeks ago."""
    last = world.days.ago(12)
    training = (days.before(last, 4), days.before(last, 2), last)
    twists = Twists(waiting=frozenset({("client-feedback", "Sophie Lachaume")}))
    whole_life(Session(world, "EVAL-VISIO", training, twists), is_remote=True)


def _forges(world: World) -> None:
    """Ended a few days ago: what follows the last day is in progress."""
    waiting = {"Corinne Blanchet", "Maxime Guérin", "Pauline Renaudin"}
    twists = Twists(
        waiting=frozenset({("exit-survey", name) for name in waiting})
        | {("trainer-feedback", "Karim Benslimane")},
        unassessed=frozenset({"Leïla Bensaïd", "Pauline Renaudin"}),
        without=frozenset({"certificates", "resources"}),
    )
    whole_life(Session(world, "ELUS-FORGES", (world.days.ago(4),), twists))


def _lege(world: World) -> None:
    """Running: one day is behind, the other is today (or the next worked day)."""
    twists = Twists(
        late={(1, "Éric Vasseur"): (15, "Appel d’une famille.")},
        absences={(1, "Rose Abgrall"): "Enfant malade."},
    )
    whole_life(Session(world, "CTG-LEGE", world.days.astride(), twists))


def _quai(world: World) -> None:
    """To come in three weeks: someone withdrew, someone is replaced, answers are awaited."""
    twists = Twists(
        unpositioned=frozenset({"Steeve Nativel", "Odile Chevreau"}),
        unsigned_agreements=frozenset({"Agnès Fournier"}),
    )
    training = next_days(world.today + timedelta(days=18), 2)
    session = Session(world, "ABS-QUAI", training, twists)
    whole_life(session)
    session.note(world.days.ago(6), "14:12", _withdraw, session, "Ghislaine Eyraud")
    session.note(world.days.ago(5), "10:33", _replace, session, "Kevin Mauduit")
    accommodations.plan_asked(session, "Romane Guillet", world.days.ago(2))
    session.note(days.before(world.today), "09:02", before.send_questionnaires, session)


def _vallees(world: World) -> None:
    """To come in some weeks: the convention waits for its signature."""
    session = Session(
        world,
        "ELUS-VALLEES",
        next_days(world.today + timedelta(days=38), 1),
        Twists(unsigned_agreements=frozenset({"mutualite"})),
    )
    whole_life(session)


def _empty(world: World) -> None:
    """To come in months: just opened, nobody in it."""
    first = world.days.ahead(170)
    training = (first, days.after(first, 2), days.after(first, 4))
    opening.plan(Session(world, "EVAL-SUITE", training, opened=world.days.ago(3)))


def _cancelled(world: World) -> None:
    """It was to come, and is cancelled."""
    session = Session(
        world,
        "ELUS-ANNULEE",
        next_days(world.today + timedelta(days=26), 1),
        opened=world.days.ago(40),
    )
    opening.plan(session)
    session.note(
        world.days.ago(8),
        "16:45",
        _cancel,
        session,
    )


def _cancel(session: Session, at: datetime) -> None:
    why = "Trop peu d’inscriptions ; une autre date sera proposée."
    cancel_cohort(session.cohort(), why=why, by=session.world.office, at=at)


def _drop_out(session: Session, name: str, at: datetime) -> None:
    enrolment = session.enrolment(name)
    withdraw(enrolment, on=session.end, by=session.world.office, at=at)


def _withdraw(session: Session, name: str, at: datetime) -> None:
    reason = "Changement de poste au 1er du mois."
    enrolment = session.enrolment(name)
    withdraw(enrolment, on=at.date(), reason=reason, by=session.world.office, at=at)


def _replace(session: Session, name: str, at: datetime) -> None:
    about = section("organisation", "client", "key", "forges")
    newcomer = ["Amandine", "Cordier", "Travailleuse sociale"]
    enrolment = replace_by_person(
        session.enrolment(name),
        enrolling.details_of(newcomer, about["domain"]),
        on=at.date(),
        reason="Arrêt long ; la ville propose une collègue.",
        by=session.world.office,
        at=at,
    )
    session.enrolments["Amandine Cordier"] = enrolment.id
