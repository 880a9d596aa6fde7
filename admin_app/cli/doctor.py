"""`flask doctor`: what is missing or unsafe in this installation, in plain words."""

import click
from flask.cli import with_appcontext

from admin_app.cli.health import checks
from admin_app.cli.health.data import organisation
from admin_app.cli.output import print_json, say
from admin_app.organisation.queries import provider


@click.command("doctor")
@click.option(
    "--deep",
    is_flag=True,
    help="Essaie aussi : un PDF, le serveur de messagerie, le fichier de la base.",
)
@click.option("--json", "as_json", is_flag=True, help="Du JSON seul sur la sortie standard.")
@with_appcontext
def doctor(deep: bool, as_json: bool) -> None:
    """Dit ce qui manque ou n’est pas sûr. Sort avec 1 s’il faut y remédier."""
    found = checks(deep=deep)
    fine = all(check.ok for check in found)
    if as_json:
        print_json({"ok": fine, "checks": [check.as_json() for check in found]})
    else:
        for check in found:
            click.echo(f"{'  bien ' if check.ok else '! à voir'}  {check.message}")
        click.echo(
            "Tout va bien." if fine else "Remédiez à ce qui est marqué d’un « ! ».", err=True
        )
    if not fine:
        raise SystemExit(1)


@click.command("installation")
@with_appcontext
def installation() -> None:
    """Dit où installer l’organisme, et avec quel code, s’il ne l’est pas encore."""
    if provider() is None:
        say(organisation().message)


COMMANDS = (doctor, installation)
