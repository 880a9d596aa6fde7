"""The team, made by its own acts."""

from datetime import UTC, date, datetime
from typing import Any

from admin_app.core.actor import Actor, ActorKind
from admin_app.staff import operations
from admin_app.staff.models import StaffMember
from tests.factories import ProviderFactory

QUALITY = Actor(ActorKind.USER, "Nora Lenoir", 1)
TODAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def member(name: str = "Inès Caron", since: date = date(2024, 3, 4), **more: Any) -> StaffMember:
    """Someone of the team since 4 March 2024."""
    ProviderFactory()
    typed: dict[str, Any] = {"name": name, "role": "Assistante de formation", "since": since}
    return operations.add_member(operations.MemberDetails(**(typed | more)), by=QUALITY, at=TODAY)
