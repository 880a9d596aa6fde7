"""An audit in a few weeks: the reading room is open, its reader has chosen a password."""

from datetime import datetime, timedelta

from admin_app.accounts.operations import invite_auditor
from admin_app.audits.operations import add_reader, open_audit
from admin_app.core.transaction import transaction
from admin_app.demo import days
from admin_app.demo.files import read
from admin_app.demo.story.house import AUDIT_IN, accept_invitation
from admin_app.demo.world import World

OPEN_AFTER = timedelta(days=5)


def plan(world: World) -> None:
    """Note that the quality manager prepares the audit, and that the auditor comes in."""
    opened = world.days.ago(5)
    world.agenda.note(opened, "11:02", _open, world)
    email = read("organisation")["auditor"]["email"]
    world.agenda.note(days.after(opened), "08:37", _come_in, world, email)


def _open(world: World, at: datetime) -> None:
    known, by = read("organisation")["auditor"], world.users["quality"]
    audit_on = world.days.ahead(AUDIT_IN)
    with transaction():
        audit = open_audit(
            kind="surveillance",
            audit_on=audit_on,
            body=known["body"],
            period_from=world.today - timedelta(days=365),
            period_to=world.today,
            access_until=audit_on + OPEN_AFTER,
            by=by,
            at=at,
        )
        user = invite_auditor(
            name=known["name"], email=known["email"], access_until=audit.closes_at, by=by, at=at
        )
        add_reader(audit, user_id=user.id, name=user.name, by=by, at=at)


def _come_in(world: World, email: str, at: datetime) -> None:
    world.users["auditor"] = accept_invitation(email, at)
