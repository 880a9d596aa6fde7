"""What the demonstration remembers from one act to the next: keys of rows, never rows.

Each act has a context and a session of its own, as a request would.
"""

from dataclasses import dataclass, field
from datetime import date

from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.demo.agenda import Agenda
from admin_app.demo.days import Days
from admin_app.demo.ink import chance

PHONE = "Mozilla/5.0 (Linux; Android 14; Mobile) AppleWebKit/537.36 Chrome/130.0 Mobile"
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"


@dataclass(slots=True)
class World:
    """The keys of what was made so far, by the names of the data files."""

    days: Days
    agenda: Agenda
    users: dict[str, Actor] = field(default_factory=dict)
    trainers: dict[str, int] = field(default_factory=dict)
    clients: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    cohorts: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day that the demonstration is for."""
        return self.days.today

    @property
    def office(self) -> Actor:
        """Who does the office's daily work."""
        return self.users["office"]


def trainee(name: str, key: int) -> Actor:
    """A trainee who acts by a personal link; `key` is what the link is about."""
    return Actor(ActorKind.TRAINEE, name, key)


def client(name: str, key: int) -> Actor:
    """Someone at a client's who acts by a personal link; `key` is what the link is about."""
    return Actor(ActorKind.CLIENT, name, key)


def trainer(name: str, key: int) -> Actor:
    """A trainer who acts by a personal link; `key` is what the link is about."""
    return Actor(ActorKind.TRAINER, name, key)


def from_phone(name: str) -> Origin:
    """Where a phone acts from (an address kept for documentation, RFC 5737)."""
    return Origin(f"203.0.113.{1 + chance('ip', name) % 250}", PHONE)


def from_desk(name: str) -> Origin:
    """Where a desk acts from (an address kept for documentation, RFC 5737)."""
    return Origin(f"198.51.100.{1 + chance('ip', name) % 250}", DESK)
