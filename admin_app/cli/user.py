"""`flask user`: accounts from the command line, for the first ones and for those locked out."""

import sys
from datetime import date
from typing import Any

import click
from flask.cli import AppGroup

from admin_app.accounts import attachments
from admin_app.accounts.models import User
from admin_app.accounts.operations import NewAccount, create_user, invite
from admin_app.accounts.queries import user_of_email
from admin_app.cli.output import DAY, print_json, refusals_said, refuse, say
from admin_app.core import clock, links
from admin_app.core.access import Role
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.links import PersonalLink

user = AppGroup("user", help="Les personnes qui se connectent.")
COMMANDS = (user,)
COMMAND_LINE = Actor(ActorKind.SYSTEM, "ligne de commande")
ROLES = click.Choice([role.value for role in Role])


def _options(command: Any) -> Any:
    for option in reversed(
        (
            click.option("--email", required=True, help="L’adresse de connexion."),
            click.option("--name", required=True, help="Prénom et nom."),
            click.option(
                "--role",
                "roles",
                type=ROLES,
                multiple=True,
                required=True,
                help="Rôle ; l’option se répète.",
            ),
            click.option(
                "--trainer",
                default="",
                help="Pour un formateur : le nom ou l’adresse de sa fiche, si elle diffère.",
            ),
            click.option(
                "--client",
                default="",
                help="Pour un client : le nom de sa structure, ou l’adresse d’un contact.",
            ),
            click.option(
                "--until", type=DAY, help="Dernier jour d’accès (obligatoire pour un auditeur)."
            ),
            click.option(
                "--json", "as_json", is_flag=True, help="Du JSON seul sur la sortie standard."
            ),
        )
    ):
        command = option(command)
    return command


@user.command("create")
@_options
@click.option("--password-stdin", is_flag=True, help="Lit le mot de passe sur l’entrée standard.")
def create(
    email: str,
    name: str,
    roles: tuple[str, ...],
    trainer: str,
    client: str,
    until: date | None,
    as_json: bool,
    password_stdin: bool,
) -> None:
    """Crée un accès. Sans --password-stdin, le mot de passe est demandé."""
    password = _read_password(password_stdin)
    with refusals_said():
        account = _account(email, name, roles, trainer, client, until)
        made = create_user(account, by=COMMAND_LINE, at=clock.now(), password=password)
    _tell(made, as_json, None)


@user.command("invite")
@_options
def invite_user(
    email: str,
    name: str,
    roles: tuple[str, ...],
    trainer: str,
    client: str,
    until: date | None,
    as_json: bool,
) -> None:
    """Crée un accès, envoie le lien qui permet de choisir son mot de passe, et le redit."""
    with refusals_said():
        account = _account(email, name, roles, trainer, client, until)
        link = invite(account, by=COMMAND_LINE, at=clock.now())
    made = user_of_email(link.email)
    assert made is not None
    _tell(made, as_json, link)


def _account(
    email: str,
    name: str,
    roles: tuple[str, ...],
    trainer: str,
    client: str,
    until: date | None,
) -> NewAccount:
    held, keys = frozenset(Role(role) for role in roles), {}
    for role, typed in ((Role.TRAINER, trainer), (Role.CLIENT, client)):
        kind = attachments.attachable(role)
        if role in held and kind is not None:
            keys[f"{kind.field}_id"] = attachments.resolve(kind, typed, email)
    return NewAccount(name=name, email=email, roles=held, access_until=until, **keys)


def _read_password(from_stdin: bool) -> str:
    if from_stdin:
        typed = sys.stdin.readline().rstrip("\n")
        if not typed:
            refuse("Aucun mot de passe n’est venu de l’entrée standard.")
        return typed
    password: str = click.prompt(
        "Mot de passe", hide_input=True, confirmation_prompt="Encore une fois", err=True
    )
    return password


def _tell(made: User, as_json: bool, link: PersonalLink | None) -> None:
    address = links.url(link, "/acces") if link else None
    if as_json:
        roles = sorted(role.value for role in made.roles)
        print_json({"id": made.id, "email": made.email, "roles": roles, "link": address})
        return
    say(f"{made.name} ({made.email}) : {made.roles_label}.")
    if address:
        click.echo(address)
