"""`flask demo`: a believable organisation, loaded once, and the ways into it."""

from datetime import date

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from admin_app.cli.output import DAY, addresses, print_json, refusals_said, say
from admin_app.core import clock
from admin_app.demo import show
from admin_app.demo.load import load, refuse_unless_new
from admin_app.demo.story.house import PASSWORD

demo = AppGroup("demo", help="La démonstration : un organisme inventé, une année de son travail.")
COMMANDS = (demo,)


@demo.command("load")
@click.option("--today", type=DAY, help="Le jour autour duquel elle se joue (aujourd’hui sinon).")
def load_command(today: date | None) -> None:
    """Charge la démonstration dans une installation neuve."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with refusals_said():
        refuse_unless_new()
        count = load(app, today or clock.today(), _tell)
    say(f"Démonstration chargée : {count} actes.")


@demo.command("show")
@click.option("--json", "as_json", is_flag=True, help="Du JSON seul sur la sortie standard.")
@click.option("--upgrade", "is_upgraded", is_flag=True, help="Met d’abord la base à jour.")
def show_command(as_json: bool, is_upgraded: bool) -> None:
    """Dit comment y entrer : un accès pour chaque rôle, un lien pour chaque personne sans accès."""
    if is_upgraded:  # in the same process: a second start of Python would cost a second
        from flask_migrate import upgrade

        upgrade()
    with refusals_said():
        accounts, ways = show.sign_ins(), show.ways()
    with addresses():
        page = url_for("accounts_public.sign_in", _external=True)
    if as_json:
        print_json(
            {
                "sign_in": page,
                "password": PASSWORD,
                "accounts": [
                    {"role": one.role, "name": one.name, "email": one.email} for one in accounts
                ],
                "links": [{"for": one.who, "can": one.can, "url": one.url} for one in ways],
            }
        )
        return
    click.echo(f"\nSe connecter : {page}\nMot de passe de tous les accès : {PASSWORD}\n")
    for line in show.columns((one.role, one.email, one.can) for one in accounts):
        click.echo(f"  {line}")
    click.echo("\nSans accès, par lien personnel :\n")
    for one in ways:
        click.echo(f"  {one.who} : {one.can}")
        if one.url:
            click.echo(f"    {one.url}")
    click.echo("\nQue voir en dix minutes : docs/demonstration.md\n")


def _tell(done: int, total: int) -> None:
    if done * 10 // total != (done - 1) * 10 // total:
        say(f"  {100 * done // total} %")
