"""Rows of the organisation."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row
from admin_app.core.search import Searchable


class Provider(Row):
    """The one training organisation of this installation."""

    __tablename__ = "provider"

    name: Mapped[str] = mapped_column(String(200))
    legal_form: Mapped[str] = mapped_column(String(80), default="")
    siret: Mapped[str] = mapped_column(String(14))
    activity_number: Mapped[str] = mapped_column(String(20))
    activity_region: Mapped[str] = mapped_column(String(80))
    certificate_number: Mapped[str] = mapped_column(String(80), default="")
    certificate_body: Mapped[str] = mapped_column(String(120), default="")
    certified_on: Mapped[date | None]
    next_audit_on: Mapped[date | None]
    address: Mapped[str] = mapped_column(String(200))
    postcode: Mapped[str] = mapped_column(String(10))
    city: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(30), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    representative: Mapped[str] = mapped_column(String(120))
    representative_quality: Mapped[str] = mapped_column(String(120))
    vat_status: Mapped[str] = mapped_column(String(30))
    time_zone: Mapped[str] = mapped_column(String(60))
    logo_sha256: Mapped[str] = mapped_column(String(64), default="")
    logo_mime: Mapped[str] = mapped_column(String(40), default="")
    in_business_since: Mapped[date | None]
    disability_officer: Mapped[str] = mapped_column(String(120), default="")
    disability_email: Mapped[str] = mapped_column(String(254), default="")
    disability_phone: Mapped[str] = mapped_column(String(30), default="")
    mail_settings: Mapped[dict[str, Any]]
    # own delays and pieces done without (room practices); on this row, which every request reads
    practices: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    created_at: Mapped[datetime]


class Place(Searchable, Row):
    """Where training happens: a room of ours, of a client, or a remote classroom."""

    __tablename__ = "place"
    searched = ("name", "address")

    name: Mapped[str] = mapped_column(String(150))
    address: Mapped[str] = mapped_column(String(300), default="")
    is_remote: Mapped[bool] = mapped_column(default=False)
    accessibility: Mapped[str] = mapped_column(Text, default="")
    equipment: Mapped[str] = mapped_column(Text, default="")
    archived_at: Mapped[datetime | None]
    # from the last check that stands: None when nobody has looked yet
    checked_on: Mapped[date | None] = mapped_column(index=True)
    has_defect: Mapped[bool] = mapped_column(default=False, server_default="0")


class Removable:
    """A record entered by mistake is taken away with a reason; its trace stays."""

    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(String(200), default="")
    removed_why: Mapped[str] = mapped_column(String(500), default="")


class PlaceCheck(Removable, Row):
    """Somebody went to a place and looked at its equipment and its accessibility.

    `equipment` and `accessibility` are keys of `words.LOOKS`; what is lacking is in words.
    """

    __tablename__ = "place_check"
    __table_args__ = (Index("ix_place_check_place", "place_id", "checked_on", "id"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    checked_on: Mapped[date]
    checked_by: Mapped[str] = mapped_column(String(120))
    equipment: Mapped[str] = mapped_column(String(20))
    equipment_words: Mapped[str] = mapped_column(Text, default="")
    accessibility: Mapped[str] = mapped_column(String(20))
    accessibility_words: Mapped[str] = mapped_column(Text, default="")
    remarks: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))

    @property
    def has_defect(self) -> bool:
        """Whether something was found lacking."""
        return "lacking" in (self.equipment, self.accessibility)


class PublicationReview(Removable, Row):
    """What is published was read again on a day: what, and what was found, point by point.

    `points` gives a key of `words.FINDINGS` to each key of `words.POINTS`.
    """

    __tablename__ = "publication_review"

    reviewed_on: Mapped[date] = mapped_column(index=True)
    reviewed_by: Mapped[str] = mapped_column(String(120))
    media: Mapped[list[str]]  # keys of words.MEDIA
    media_words: Mapped[str] = mapped_column(Text, default="")
    points: Mapped[dict[str, Any]]
    findings: Mapped[str] = mapped_column(Text, default="")
    corrections: Mapped[str] = mapped_column(Text, default="")
    correct_by: Mapped[date | None]
    corrected_on: Mapped[date | None]
    corrected_words: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))

    @property
    def waits(self) -> bool:
        """Whether a correction is still to be made."""
        return self.correct_by is not None and self.corrected_on is None


class HouseDocument(Row):
    """A version of a house document, with who approved it and when."""

    __tablename__ = "house_document"
    __table_args__ = (UniqueConstraint("kind", "version"),)

    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    in_force_from: Mapped[date]
    approved_on: Mapped[date | None]  # None: published before approvals were kept
    approved_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))
