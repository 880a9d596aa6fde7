"""Rows of agreements: conventions with a client, contracts with a person."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admin_app.core.database import Row

CONVENTION, CONTRACT = "convention", "contract"
CLIENT_SIDE, PROVIDER_SIDE = "client", "provider"


class State(StrEnum):
    """Where an agreement stands; `label` is what people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "State":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    DRAFT = "draft", "projet"
    ISSUED = "issued", "établie"
    SENT = "sent", "à signer"
    SIGNED = "signed", "à contresigner"
    CONCLUDED = "concluded", "signée des deux parties"
    REFUSED = "refused", "refusée"
    CANCELLED = "cancelled", "annulée"
    REPLACED = "replaced", "remplacée"


LIVE = frozenset({State.DRAFT, State.ISSUED, State.SENT, State.SIGNED, State.CONCLUDED})


class Agreement(Row):
    """A convention (with a client) or an individual contract (with a trainee who pays).

    `state` is a value of `State`. The one it replaces stays. `headcount` is how many trainees are
    sold, named or not yet; `address` is the person's own, for a contract; `signed_on` is the day
    when the last of both signed.
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
    other_terms: Mapped[str] = mapped_column(Text, default="")
    headcount: Mapped[int | None]
    address: Mapped[str] = mapped_column(String(300), default="")
    signatory_name: Mapped[str] = mapped_column(String(120), default="")
    signatory_quality: Mapped[str] = mapped_column(String(120), default="")
    signatory_email: Mapped[str] = mapped_column(String(254), default="")
    concluded_remotely: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    signed_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    created_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    answer_by: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    signed_on: Mapped[date | None]
    concluded_at: Mapped[datetime | None]
    closed_why: Mapped[str] = mapped_column(String(500), default="")
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))

    signatures: Mapped[list["AgreementSignature"]] = relationship(order_by="AgreementSignature.id")

    @property
    def is_convention(self) -> bool:
        """Whether it is with an organisation (else a contract with a person)."""
        return self.kind == CONVENTION

    @property
    def status(self) -> State:
        """Where it stands."""
        return State(self.state)

    def signature_of(self, side: str) -> "AgreementSignature | None":
        """The signature of that side, if it signed."""
        return next((one for one in self.signatures if one.side == side), None)


class AgreementSignature(Row):
    """Who signed an agreement, in what quality, how, when, on which exact bytes.

    `signed_on` is the day written on a paper, else the day of `signed_at` (when it was recorded).
    """

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
    signed_on: Mapped[date]
    signed_by: Mapped[str] = mapped_column(String(200))  # who held the pen, when in another's name
    ip: Mapped[str] = mapped_column(String(45), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")
