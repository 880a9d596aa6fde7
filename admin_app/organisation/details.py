"""What is said of the organisation when it is set up or changed, checked all at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from admin_app.core import clock
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.organisation.identifiers import (
    REGIONS,
    ZONES,
    clean_activity_number,
    clean_postcode,
    clean_siret,
    clean_website,
)
from admin_app.organisation.vat import BY_KEY


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDetails:
    """The identity of the organisation. Each name is a column of `Provider` and a form field.

    `certified_on` is the day of the Qualiopi certificate in force; `in_business_since` the first
    day of activity as a training organisation: what is owed from the start is due from there.
    """

    name: str
    siret: str
    activity_number: str
    activity_region: str
    address: str
    postcode: str
    city: str
    email: str
    representative: str
    representative_quality: str
    vat_status: str
    time_zone: str = clock.DEFAULT_ZONE
    legal_form: str = ""
    phone: str = ""
    website: str = ""
    certificate_number: str = ""
    certificate_body: str = ""
    certified_on: date | None = None
    next_audit_on: date | None = None
    in_business_since: date | None = None
    disability_officer: str = ""
    disability_email: str = ""
    disability_phone: str = ""


NEEDED = {
    "name": "Indiquez le nom de l’organisme.",
    "address": "Indiquez la rue et le numéro.",
    "city": "Indiquez la ville.",
    "representative": "Indiquez qui représente l’organisme.",
    "representative_quality": "Indiquez sa qualité : gérante, président…",
}
CLEANED: dict[str, Callable[[str, str], str]] = {
    "siret": clean_siret,
    "activity_number": clean_activity_number,
    "postcode": clean_postcode,
    "email": clean_email,
    "phone": clean_phone,
    "website": clean_website,
    "disability_phone": clean_phone,
}


def checked(details: ProviderDetails, *, audit_known: date | None = None) -> ProviderDetails:
    """The same, each text in the form that is kept.

    Args:
        audit_known: the next audit as it is known already; kept though its day has passed.

    Raises:
        Problems: all that is wrong, each with its field.
    """
    problems = [
        Refused(message, field)
        for field, message in NEEDED.items()
        if not getattr(details, field).strip()
    ]
    clean = {}
    for field, rule in CLEANED.items():
        try:
            clean[field] = rule(getattr(details, field), field)
        except Refused as refused:
            problems.append(refused)
    problems += _wrong_choices(details) + _wrong_days(details) + _wrong_officer(details)
    if details.next_audit_on != audit_known:
        problems += _wrong_audit(details)
    refuse_if_any(problems)
    texts = {name: getattr(details, name).strip() for name in (*NEEDED, *_FREE)}
    return replace(details, **texts | clean)


_FREE = (
    "legal_form",
    "certificate_number",
    "certificate_body",
    "disability_officer",
    "disability_email",
)


def _wrong_choices(details: ProviderDetails) -> list[Refused]:
    found = []
    if details.activity_region not in REGIONS:
        found.append(Refused("Choisissez la région de la déclaration.", "activity_region"))
    if details.vat_status not in BY_KEY:
        found.append(Refused("Choisissez le régime de TVA.", "vat_status"))
    if details.time_zone not in {zone.name for zone in ZONES}:
        found.append(Refused("Choisissez le fuseau horaire.", "time_zone"))
    return found


def _wrong_days(details: ProviderDetails) -> list[Refused]:
    found = []
    today = clock.today()
    if details.certified_on and details.certified_on > today:
        found.append(Refused("Ce jour n’est pas encore venu.", "certified_on"))
    if details.certified_on and not details.certificate_number.strip():
        found.append(Refused("Indiquez le numéro du certificat.", "certificate_number"))
    if details.certificate_number.strip() and not details.certified_on:
        found.append(Refused("Indiquez le jour du certificat.", "certified_on"))
    if details.in_business_since and details.in_business_since > today:
        found.append(Refused("Ce jour n’est pas encore venu.", "in_business_since"))
    return found


def _wrong_audit(details: ProviderDetails) -> list[Refused]:
    day = details.next_audit_on
    if day is None or day >= clock.today():
        return []
    return [
        Refused("Ce jour est passé : indiquez l’audit à venir, ou rien.", "next_audit_on"),
    ]


def _wrong_officer(details: ProviderDetails) -> list[Refused]:
    name, email = details.disability_officer.strip(), details.disability_email.strip()
    if email and not name:
        return [Refused("Indiquez le nom du référent handicap.", "disability_officer")]
    if name and not email and not details.disability_phone.strip():
        return [
            Refused(
                "Indiquez comment joindre le référent handicap : une adresse ou un téléphone.",
                "disability_email",
            )
        ]
    if email:
        try:
            clean_email(email, "disability_email")
        except Refused as refused:
            return [refused]
    return []
