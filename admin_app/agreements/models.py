"""Rows of agreements: conventions with a client, contracts with a person."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admin_app.core.database import Row


class Agreement(Row):
    """A convention (with a client) or an individual contract (with a trainee who pays).

    `state`: draft, issued, sent, signed (by the other side), concluded (countersigned), refused,
    cancelled. The version it replaces stays.
    """

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("reference"),)

    reference: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(20))  # convention, contract
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    price: Mapped[Decimal | None]
    payment_terms: Mapped[str] = mapped_column(Text, default="")
    cancellation_terms: Mapped[str] = mapped_column(Text, default="")
    monitoring: Mapped[str] = mapped_column(Text, default="")
    recognition: Mapped[str] = mapped_column(Text, default="")
    means: Mapped[str] = mapped_column(Text, default="")
    signatory_name: Mapped[str] = mapped_column(String(120), default="")
    signatory_quality: Mapped[str] = mapped_column(String(120), default="")
    signatory_email: Mapped[str] = mapped_column(String(254), default="")
    concluded_remotely: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    signed_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    signed_on: Mapped[date | None]
    concluded_at: Mapped[datetime | None]
    closed_why: Mapped[str] = mapped_column(String(500), default="")
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))

    signatures: Mapped[list["AgreementSignature"]] = relationship(order_by="AgreementSignature.id")


class AgreementSignature(Row):
    """Who signed an agreement, in what quality, how, when, on which exact bytes."""

    __tablename__ = "agreement_signature"
    __table_args__ = (UniqueConstraint("agreement_id", "side"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    side: Mapped[str] = mapped_column(String(20))  # client, provider
    name: Mapped[str] = mapped_column(String(120))
    quality: Mapped[str] = mapped_column(String(120))
    way: Mapped[str] = mapped_column(String(20))  # drawn, typed, paper
    consent: Mapped[str] = mapped_column(String(500))
    strokes: Mapped[list[Any]]
    document_sha256: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime]
    ip: Mapped[str] = mapped_column(String(45), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")
