"""Rows of the watch: what was found, what is made of it, what it changes, who was told."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row
from admin_app.core.search import Searchable


class WatchDomain(Row):
    """Who reads for a domain (`legal`, `trades`, `teaching`)."""

    __tablename__ = "watch_domain"
    __table_args__ = (UniqueConstraint("topic"),)

    topic: Mapped[str] = mapped_column(String(20))
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    reader_name: Mapped[str] = mapped_column(String(120), default="")
    assigned_on: Mapped[date]


class WatchNote(Searchable, Row):
    """Something found in one of the three domains. Days are those of the facts.

    Its state follows from its days: to analyse, analysed, shared, or left without effect.
    """

    __tablename__ = "watch_note"
    searched = ("title", "source")
    __table_args__ = (Index("ix_watch_note_topic", "topic", "found_on", "id"),)

    topic: Mapped[str] = mapped_column(String(20))  # legal, trades, teaching
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(500), default="")
    published_on: Mapped[date | None]
    found_on: Mapped[date] = mapped_column(index=True)
    found_by: Mapped[str] = mapped_column(String(120))
    extract: Mapped[str] = mapped_column(Text, default="")
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    reader_name: Mapped[str] = mapped_column(String(120), default="")
    analysed_on: Mapped[date | None]
    analysed_by: Mapped[str] = mapped_column(String(120), default="")
    analysis: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[str] = mapped_column(Text, default="")
    shared_on: Mapped[date | None]  # the first day on which somebody was told
    dropped_on: Mapped[date | None]
    dropped_why: Mapped[str] = mapped_column(Text, default="")
    is_mistake: Mapped[bool] = mapped_column(default=False)  # entered by mistake: proves nothing
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))

    @property
    def state(self) -> str:
        """A key of `words.STATES`."""
        if self.dropped_on is not None:
            return "dropped"
        if self.shared_on is not None:
            return "shared"
        return "to-analyse" if self.analysed_on is None else "analysed"


class WatchEffect(Row):
    """What an item changes in a programme. One that is taken away keeps its trace."""

    __tablename__ = "watch_effect"

    note_id: Mapped[int] = mapped_column(ForeignKey("watch_note.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    noted_on: Mapped[date]
    done_on: Mapped[date | None]  # the day on which the programme was changed
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(String(200), default="")
    removed_why: Mapped[str] = mapped_column(String(300), default="")


class WatchTold(Row):
    """Somebody who was told of an item, when and how. Never changed, never removed."""

    __tablename__ = "watch_told"

    note_id: Mapped[int] = mapped_column(ForeignKey("watch_note.id"), index=True)
    told_on: Mapped[date]
    how: Mapped[str] = mapped_column(String(20))  # mail, meeting, spoken, posted, other
    audience_kind: Mapped[str] = mapped_column(String(20))  # user, trainer, staff, other
    audience_id: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    message_id: Mapped[int | None] = mapped_column(ForeignKey("mail_message.id"), index=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
