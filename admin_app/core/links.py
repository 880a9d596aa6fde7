"""Personal links: how people without account act. Signed, expiring, revocable, for one purpose."""

import secrets
from datetime import datetime
from enum import StrEnum

from flask import current_app
from itsdangerous import BadSignature, Signer
from sqlalchemy import String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core import clock
from admin_app.core.actor import ActorKind
from admin_app.core.database import Row, db
from admin_app.core.errors import Refused
from admin_app.core.transaction import all_locked, locked
from compliance.vocabulary import Word

SALT = "personal-link"


class Purpose(Word):
    """What a personal link is for; it opens nothing else."""

    POSITIONING = "positioning", "vos besoins et votre point de départ"
    SIGNING = "signing", "votre émargement"
    EXIT_SURVEY = "exit-survey", "votre avis à la fin de la formation"
    FOLLOW_UP_SURVEY = "follow-up-survey", "votre avis quelques mois après"
    TRAINEE_FILE = "trainee-file", "vos documents de formation"
    AGREEMENT = "agreement", "la signature de la convention"
    NEEDS_ANALYSIS = "needs-analysis", "l’analyse de votre besoin"
    ADAPTATION = "adaptation", "le suivi de votre demande"
    CLIENT_FEEDBACK = "client-feedback", "votre avis de client"
    TRAINER_FEEDBACK = "trainer-feedback", "votre retour de formateur"
    INVITATION = "invitation", "la création de votre accès"
    PASSWORD_RESET = "password-reset", "un nouveau mot de passe"


class PersonalLink(Row):
    """One person's way in, for one purpose, about one thing.

    The subject is what the link acts upon (`enrolment` 12, `agreement` 3…). The address holds a
    signed random name, so that it can be shown and sent again but not guessed.
    """

    __tablename__ = "personal_link"
    __table_args__ = (UniqueConstraint("uid"),)

    uid: Mapped[str] = mapped_column(String(32))
    purpose: Mapped[str] = mapped_column(String(40))
    actor_kind: Mapped[str] = mapped_column(String(20))
    subject_kind: Mapped[str] = mapped_column(String(40), index=True)
    subject_id: Mapped[int] = mapped_column(index=True)
    label: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    single_use: Mapped[bool] = mapped_column(default=False)

    @property
    def purpose_label(self) -> str:
        """What it is for, in French, after « pour »."""
        return Purpose(self.purpose).label


class LinkTrouble(StrEnum):
    """Why a link opens nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    USED = "used"
    OTHER_PURPOSE = "other-purpose"


class LinkProblem(Exception):
    """A link that opens nothing; the page says why and what to do."""

    def __init__(self, trouble: LinkTrouble, link: PersonalLink | None = None) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.link = link


def create(
    purpose: Purpose,
    *,
    actor_kind: ActorKind,
    subject: tuple[str, int],
    label: str,
    email: str,
    at: datetime,
    expires_at: datetime,
    single_use: bool = False,
) -> PersonalLink:
    """A new link, to be written with the act that sends it.

    Args:
        subject: kind and key of what it acts upon.
        label: the person's name, as the journal will show it.
        at: UTC instant of creation; `expires_at`: UTC instant after which it opens nothing.
    """
    link = PersonalLink(
        uid=secrets.token_urlsafe(18),
        purpose=purpose.value,
        actor_kind=actor_kind.value,
        subject_kind=subject[0],
        subject_id=subject[1],
        label=label,
        email=email,
        created_at=at,
        expires_at=expires_at,
        single_use=single_use,
    )
    db.session.add(link)
    db.session.flush()
    return link


def current(purpose: Purpose, subject: tuple[str, int], at: datetime) -> PersonalLink | None:
    """The newest link of that purpose that still opens this subject, if any."""
    return db.session.scalars(
        select(PersonalLink)
        .where(
            PersonalLink.purpose == purpose.value,
            PersonalLink.subject_kind == subject[0],
            PersonalLink.subject_id == subject[1],
            PersonalLink.revoked_at.is_(None),
            PersonalLink.expires_at > at,
        )
        .order_by(PersonalLink.id.desc())
        .limit(1)
    ).first()


def current_or_create(
    purpose: Purpose,
    *,
    actor_kind: ActorKind,
    subject: tuple[str, int],
    label: str,
    email: str,
    at: datetime,
    expires_at: datetime,
) -> PersonalLink:
    """The link that still opens this subject, else a new one: a reminder repeats its link.

    One that went to another address is closed, and one that ends sooner is prolonged.
    """
    known = current(purpose, subject, at)
    if known is not None:
        locked(known)
    if known is not None and known.email.casefold() == email.casefold():
        known.expires_at = max(known.expires_at, expires_at)
        return known
    if known is not None:
        known.revoked_at = at
    return create(
        purpose,
        actor_kind=actor_kind,
        subject=subject,
        label=label,
        email=email,
        at=at,
        expires_at=expires_at,
    )


def revoke_all(subject: tuple[str, int], at: datetime) -> None:
    """From now on, no link opens this subject any more (one that was used up already stays so)."""
    for link in all_locked(
        select(PersonalLink)
        .where(
            PersonalLink.subject_kind == subject[0],
            PersonalLink.subject_id == subject[1],
            PersonalLink.revoked_at.is_(None),
        )
        .order_by(PersonalLink.id)
    ):
        if not (link.single_use and link.used_at):
            link.revoked_at = at


def revoke_address(email: str, name: str, at: datetime) -> None:
    """Close the links of someone that went to an address which is not theirs any more.

    Args:
        email: that address.
        name: whose links, as they are labelled: others may share the address.
    """
    for link in all_locked(
        select(PersonalLink)
        .where(
            func.lower(PersonalLink.email) == email.lower(),
            PersonalLink.label == name,
            PersonalLink.revoked_at.is_(None),
        )
        .order_by(PersonalLink.id)
    ):
        if not (link.single_use and link.used_at):
            link.revoked_at = at


def use_up(link: PersonalLink, at: datetime) -> None:
    """Use a link that serves once, within the act that it was given to.

    Raises:
        Refused: someone used it, or it was closed, since the page was opened.
    """
    if link.used_at is not None or link.revoked_at is not None:
        raise Refused("Ce lien vient de servir, ou d’être remplacé : il n’ouvre plus rien.")
    link.used_at = at


def token(link: PersonalLink) -> str:
    """What stands in the address of this link."""
    return _signer().sign(link.uid).decode()


def url(link: PersonalLink, path: str = "") -> str:
    """The absolute address of this link, as it is sent by mail."""
    root = current_app.config["PUBLIC_URL"].rstrip("/")
    return f"{root}/l/{token(link)}{path}"


def open_link(text: str, purposes: frozenset[Purpose] | None = None) -> PersonalLink:
    """The valid link behind a token.

    Args:
        purposes: what the page accepts; None when any purpose will do.

    Raises:
        LinkProblem: it is unknown, expired, revoked, used up, or made for something else.
    """
    try:
        uid = _signer().unsign(text).decode()
    except (BadSignature, UnicodeError) as error:
        raise LinkProblem(LinkTrouble.UNKNOWN) from error
    link = db.session.scalar(select(PersonalLink).where(PersonalLink.uid == uid))
    if link is None:
        raise LinkProblem(LinkTrouble.UNKNOWN)
    if link.revoked_at is not None:
        raise LinkProblem(LinkTrouble.REVOKED, link)
    if link.expires_at <= clock.now():
        raise LinkProblem(LinkTrouble.EXPIRED, link)
    if link.single_use and link.used_at is not None:
        raise LinkProblem(LinkTrouble.USED, link)
    if purposes is not None and Purpose(link.purpose) not in purposes:
        raise LinkProblem(LinkTrouble.OTHER_PURPOSE, link)
    return link


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt=SALT)
