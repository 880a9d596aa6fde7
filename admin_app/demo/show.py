"""The ways into the demonstration: an account for each role, a link for each person without."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from admin_app.accounts.queries import user_of_email
from admin_app.core import clock, links
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.links import PersonalLink, Purpose
from admin_app.demo.files import read
from admin_app.organisation.queries import provider


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account: which role, whose, and what it lets its owner do."""

    role: str
    name: str
    email: str
    can: str


@dataclass(frozen=True, slots=True)
class Way:
    """A personal link: whose, what it lets them do, and its absolute address.

    `url` is empty, and `can` says why, when it opens nothing any more.
    """

    who: str
    can: str
    url: str


# purpose, who holds it, who they are, what it lets them do
WAYS = (
    (Purpose.POSITIONING, "Steeve Nativel", "stagiaire", "dire ses besoins et son point de départ"),
    (Purpose.TRAINEE_FILE, "Marion Delpech", "stagiaire", "lire sa convocation et ses documents"),
    (Purpose.SIGNING, "Marion Delpech", "stagiaire", "signer la demi-journée en cours"),
    (Purpose.EXIT_SURVEY, "Corinne Blanchet", "stagiaire", "donner son avis en fin de formation"),
    (Purpose.TRAINEE_FILE, "Anaïs Bouvet", "stagiaire", "retrouver ses certificats"),
    (
        Purpose.FOLLOW_UP_SURVEY,
        "Mathilde Rousselot",
        "stagiaire",
        "dire, trois mois après, ce qui reste",
    ),
    (Purpose.AGREEMENT, "Agnès Fournier", "stagiaire qui paie", "lire et signer son contrat"),
    (Purpose.AGREEMENT, "Sophie Lachaume", "cliente", "lire et signer la convention"),
    (Purpose.CLIENT_FEEDBACK, "Sophie Lachaume", "cliente", "donner l’appréciation de l’employeur"),
    (Purpose.ADAPTATION, "Gilles Auvray", "client", "suivre sa demande d’adaptation"),
    (Purpose.TRAINER_FEEDBACK, "Karim Benslimane", "formateur", "faire son retour sur la session"),
)


def sign_ins() -> list[SignIn]:
    """The accounts of the demonstration, one a role at least; all have the same password.

    Raises:
        Refused: this installation does not hold the demonstration.
    """
    _refuse_elsewhere()
    known = [
        *read("organisation")["account"],
        read("organisation")["auditor"] | {"role": "auditor"},
    ]
    return [
        SignIn(Role(one["role"]).label, one["name"], one["email"], one["can"])
        for one in known
        if user_of_email(one["email"]) is not None
    ]


def ways() -> list[Way]:
    """The personal links of the demonstration.

    Raises:
        Refused: this installation does not hold the demonstration.
    """
    _refuse_elsewhere()
    return [_way(*one) for one in WAYS]


def columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """The rows as aligned lines."""
    table = list(rows)
    widths = (
        [max(len(row[rank]) for row in table) for rank in range(len(table[0]))] if table else []
    )
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]


def _way(purpose: Purpose, name: str, who: str, can: str) -> Way:
    link = db.session.scalars(
        select(PersonalLink)
        .where(PersonalLink.purpose == purpose.value, PersonalLink.label == name)
        .order_by(PersonalLink.revoked_at.is_not(None), PersonalLink.id.desc())
        .limit(1)
    ).first()
    shown = f"{name}, {who}"
    if link is None:
        return Way(shown, f"{can} (aucun lien n’a été envoyé)", "")
    if link.revoked_at is not None or link.expires_at <= clock.now():
        return Way(shown, f"{can} (lien échu)", "")
    return Way(shown, can, links.url(link))


def _refuse_elsewhere() -> None:
    known = provider()
    if known is None or known.siret != read("organisation")["provider"]["siret"]:
        raise Refused(
            "Cette installation ne porte pas la démonstration : « flask demo load » la charge dans "
            "une installation neuve."
        )
