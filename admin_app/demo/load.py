"""Loading the demonstration: the whole year is planned, then played up to its day."""

from collections.abc import Callable
from datetime import date, datetime, time

from flask import Flask
from sqlalchemy import inspect

from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.demo.agenda import Agenda
from admin_app.demo.days import Days
from admin_app.demo.quiet import disk_later, jobs_at_once, no_post
from admin_app.demo.story import (
    adapted,
    audit,
    cohorts,
    house,
    offer,
    people,
    registers,
    waiting,
)
from admin_app.demo.world import World
from admin_app.organisation.models import Provider
from admin_app.organisation.queries import provider

FIRST_DAY_AGO = 400
DAWN = time(6)  # nothing happens later on the day itself: whoever loads it lives that day


def load(
    app: Flask, today: date, told: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Build the demonstration around a day, through the operations; how many acts were played.

    The same day gives the same content, but for what is secret by nature: the addresses of
    personal links, the hashes of passwords, the stamps of sessions.

    Args:
        today: the day that the demonstration is for; what happens from its dawn on is to come.
        told: called after each act with how many are done, and of how many.

    Raises:
        Refused: this installation has an organisation already, or no tables yet.
    """
    with app.app_context():
        refuse_unless_new()
        agenda, until = planned(today), dawn_of(today)
    with no_post(app), jobs_at_once(app), disk_later(app):
        return agenda.play(app, until=until, told=told)


def refuse_unless_new() -> None:
    """Make sure that the demonstration would not be mixed with anything.

    Raises:
        Refused: this installation has an organisation already, or no tables yet.
    """
    if not inspect(db.engine).has_table(Provider.__tablename__):
        raise Refused("La base n’est pas encore faite : lancez d’abord « flask db upgrade ».")
    if provider() is not None:
        raise Refused(
            "Cette installation a déjà un organisme : la démonstration ne se charge que dans "
            "une installation neuve (LIASSE_INSTANCE nomme un autre dossier)."
        )


def planned(today: date) -> Agenda:
    """Every act of the year, whether or not its day has come."""
    world = World(Days(today), Agenda())
    first_day = world.days.ago(FIRST_DAY_AGO)
    house.plan(world, first_day)
    people.plan(world, world.days.ago(FIRST_DAY_AGO - 5))
    offer.plan(world, world.days.ago(FIRST_DAY_AGO - 12))
    offer.plan_second_version(world, "CTG", world.days.ago(250))
    cohorts.plan(world)
    adapted.plan(world)
    waiting.plan(world)
    registers.plan(world)
    audit.plan(world)
    return world.agenda


def dawn_of(today: date) -> datetime:
    """The UTC instant up to which the demonstration is played."""
    return clock.at(today, DAWN)
