"""Rows of the organisation."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
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


class HouseDocument(Row):
    """A version of a house document: house rules, welcome booklet, safeguarding procedure."""

    __tablename__ = "house_document"
    __table_args__ = (UniqueConstraint("kind", "version"),)

    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    in_force_from: Mapped[date]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))
