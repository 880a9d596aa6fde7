"""The checks of `flask doctor`: each says in a sentence what it saw, and what to do."""

from admin_app.cli.health.check import Check
from admin_app.cli.health.data import administrator, database, migrations, organisation, time_zone
from admin_app.cli.health.machine import (
    files,
    front_end,
    instance,
    pdf,
    queue,
    room,
    secret_key,
    wkhtmltopdf,
)
from admin_app.cli.health.post import mail, public_url, worker
from admin_app.cli.health.texts import added_texts
from admin_app.cli.health.trials import deep_database, deep_mail, deep_pdf

__all__ = ["Check", "checks"]


def checks(*, deep: bool) -> list[Check]:
    """Every check, in order; `deep` ones try things out and take a few seconds."""
    found = [check() for check in (instance, secret_key, room, front_end)]
    reachable = database()
    found.append(reachable)
    if reachable.ok:
        found.append(migrations())
        if found[-1].ok:
            found += [one() for one in (organisation, administrator, time_zone, mail, worker)]
    found += [one() for one in (added_texts, files, pdf, wkhtmltopdf, public_url, queue)]
    if deep:
        found += [
            one() for one in (deep_pdf, *((deep_database, deep_mail) if reachable.ok else ()))
        ]
    return found
