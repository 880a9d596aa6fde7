"""Who acts, and from where: what every act and every journal entry carries."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The kinds of people, and the software itself, that can act."""

    USER = "user"
    TRAINEE = "trainee"
    TRAINER = "trainer"
    CLIENT = "client"
    PUBLIC = "public"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts. `label` is what the journal shows, for ever."""

    kind: ActorKind
    label: str
    id: int | None = None


SYSTEM = Actor(ActorKind.SYSTEM, "Liasse")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act came from, as the server saw it."""

    ip: str = ""
    user_agent: str = ""
