"""Rows of people: trainers, clients, trainees."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admin_app.core import clock
from admin_app.core.database import Row
from admin_app.core.search import Searchable
from admin_app.people.kept import Kept


class Trainer(Searchable, Row):
    """Someone who teaches, employed or under contract."""

    __tablename__ = "trainer"
    searched = ("last_name", "first_name", "email")
    __table_args__ = (UniqueConstraint("email"),)

    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80), index=True)
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(30), default="")
    status: Mapped[str] = mapped_column(String(30))  # employee, subcontractor, umbrella
    titles: Mapped[str] = mapped_column(Text, default="")
    bio: Mapped[str] = mapped_column(Text, default="")
    cv_sha256: Mapped[str] = mapped_column(String(64), default="")
    cv_name: Mapped[str] = mapped_column(String(150), default="")
    archived_at: Mapped[datetime | None]
    # who sends them, when they teach under a contract of service or of portage salarial
    subcontractor_id: Mapped[int | None] = mapped_column(ForeignKey("subcontractor.id"), index=True)

    skills: Mapped[list["TrainerSkill"]] = relationship(order_by="TrainerSkill.id")
    # those in the file today; what was taken away is read by `queries.removed_diplomas`
    diplomas: Mapped[list["TrainerDiploma"]] = relationship(
        order_by="TrainerDiploma.id",
        primaryjoin="and_(Trainer.id == TrainerDiploma.trainer_id,"
        " TrainerDiploma.removed_at.is_(None))",
        viewonly=True,
    )

    @property
    def name(self) -> str:
        """« Claire Vasseur »."""
        return f"{self.first_name} {self.last_name}"


class TrainerSkill(Row):
    """A skill that a trainer holds, and what shows it."""

    __tablename__ = "trainer_skill"

    trainer_id: Mapped[int] = mapped_column(ForeignKey("trainer.id"), index=True)
    skill: Mapped[str] = mapped_column(String(200))
    shown_by: Mapped[str] = mapped_column(String(300))
    checked_on: Mapped[date]
    valid_until: Mapped[date | None]


class TrainerDiploma(Row):
    """A diploma, certification or authorisation, with its last valid day when it has one.

    `kind` is a key of `people.words.DIPLOMA_KINDS`. One that is taken away keeps its trace.
    """

    __tablename__ = "trainer_diploma"

    trainer_id: Mapped[int] = mapped_column(ForeignKey("trainer.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    issuer: Mapped[str] = mapped_column(String(200), default="")
    obtained_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    checked_on: Mapped[date]
    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    file_name: Mapped[str] = mapped_column(String(150), default="")
    file_kind: Mapped[str] = mapped_column(String(10), default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(String(200), default="")
    removed_why: Mapped[str] = mapped_column(String(300), default="")


class TrainerReview(Row):
    """A yearly review of a trainer: what was looked at, what was decided, what is needed.

    `figures` are the feedback figures of their cohorts as they were shown that day, never redone.
    """

    __tablename__ = "trainer_review"

    trainer_id: Mapped[int] = mapped_column(ForeignKey("trainer.id"), index=True)
    held_on: Mapped[date]
    held_by: Mapped[str] = mapped_column(String(150))
    looked_at: Mapped[list[str]]
    observations: Mapped[str] = mapped_column(Text)
    decisions: Mapped[str] = mapped_column(Text)
    needs: Mapped[str] = mapped_column(Text, default="")
    figures: Mapped[list[dict[str, Any]]]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(String(200), default="")
    removed_why: Mapped[str] = mapped_column(String(300), default="")


class TrainerDevelopment(Row):
    """Something done to keep a trainer's skills up: a training, a watch, practice among peers.

    `kind` is a key of `people.words.DEVELOPMENT_KINDS`; `minutes` how long it took, if known.
    """

    __tablename__ = "trainer_development"

    trainer_id: Mapped[int] = mapped_column(ForeignKey("trainer.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    done_on: Mapped[date]
    minutes: Mapped[int | None]
    effect: Mapped[str] = mapped_column(Text)
    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    file_name: Mapped[str] = mapped_column(String(150), default="")
    file_kind: Mapped[str] = mapped_column(String(10), default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(String(200), default="")
    removed_why: Mapped[str] = mapped_column(String(300), default="")


class Client(Searchable, Row):
    """Who buys training: a company, a public body, or a person at their own expense."""

    __tablename__ = "client"
    searched = ("name", "city", "siret")

    name: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[str] = mapped_column(String(30))  # a key of `people.words.CLIENT_KINDS`
    siret: Mapped[str] = mapped_column(String(14), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    contacts: Mapped[list["ClientContact"]] = relationship(order_by="ClientContact.id")

    @property
    def siret_spaced(self) -> str:
        """« 732 829 320 00074 »."""
        number = self.siret
        return " ".join((number[:3], number[3:6], number[6:9], number[9:])).strip()

    @property
    def full_address(self) -> str:
        """« 1 place de la République, 16000 Angoulême »."""
        city = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.address, city) if part)

    @property
    def is_organisation(self) -> bool:
        """Whether a convention is due (else an individual contract)."""
        return self.kind != "individual"


class FunderFeedback(Kept, Row):
    """What was asked of a funder, or what it said. `outcome` is a key of `words.FUNDER_OUTCOMES`,
    `how` one of `words.ASKED_HOW`."""

    __tablename__ = "funder_feedback"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    happened_on: Mapped[date]
    how: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")


class ClientContact(Row):
    """Someone at a client's: who asks, who signs, who follows the trainees."""

    __tablename__ = "client_contact"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    quality: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(30), default="")
    signs: Mapped[bool] = mapped_column(default=False)


class Trainee(Searchable, Row):
    """Someone who is trained."""

    __tablename__ = "trainee"
    searched = ("last_name", "first_name", "email")
    __table_args__ = (Index("ix_trainee_name", "last_name", "first_name"),)

    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), index=True)
    phone: Mapped[str] = mapped_column(String(30), default="")
    birth_date: Mapped[date | None]
    job: Mapped[str] = mapped_column(String(150), default="")
    created_at: Mapped[datetime]

    @property
    def created_on(self) -> date:
        """The day the file was made, for the organisation."""
        return clock.day_of(self.created_at)

    @property
    def name(self) -> str:
        """« Nadia Benali »."""
        return f"{self.first_name} {self.last_name}"
