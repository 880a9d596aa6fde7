"""`flask demo`: a believable organisation, loaded once, and the ways into it."""

from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup

from admin_app.cli.output import DAY, refusals_said, say
from admin_app.core import clock
from admin_app.demo.load import load

demo = AppGroup(
    "demo", help="La démonstration : un organisme inventé, et une année de son travail."
)
COMMANDS = (demo,)


@demo.command("load")
@click.option("--today", type=DAY, help="Le jour autour duquel elle se joue (aujourd’hui sinon).")
def load_command(today: date | None) -> None:
    """Charge la démonstration dans une installation neuve."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with refusals_said():
        count = load(app, today or clock.today(), _tell)
    say(f"Démonstration chargée : {count} actes.")


def _tell(done: int, total: int) -> None:
    if done % 200 == 0 or done == total:
        say(f"  {100 * done // total} %")
