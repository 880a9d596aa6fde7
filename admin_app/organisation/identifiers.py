"""Numbers and names of the French administration, checked as they are typed."""

import re
from dataclasses import dataclass

from stdnum.exceptions import ValidationError
from stdnum.fr import siret as siret_number

from admin_app.core.errors import Refused

REGIONS = (
    "Auvergne-Rhône-Alpes",
    "Bourgogne-Franche-Comté",
    "Bretagne",
    "Centre-Val de Loire",
    "Corse",
    "Grand Est",
    "Guadeloupe",
    "Guyane",
    "Hauts-de-France",
    "Île-de-France",
    "La Réunion",
    "Martinique",
    "Mayotte",
    "Normandie",
    "Nouvelle-Aquitaine",
    "Occitanie",
    "Pays de la Loire",
    "Provence-Alpes-Côte d’Azur",
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone of the French territories."""

    name: str
    label: str


ZONES = (
    Zone("Europe/Paris", "France métropolitaine (Paris)"),
    Zone("America/Guadeloupe", "Guadeloupe, Saint-Martin, Saint-Barthélemy"),
    Zone("America/Martinique", "Martinique"),
    Zone("America/Cayenne", "Guyane"),
    Zone("Indian/Reunion", "La Réunion"),
    Zone("Indian/Mayotte", "Mayotte"),
    Zone("America/Miquelon", "Saint-Pierre-et-Miquelon"),
    Zone("Pacific/Noumea", "Nouvelle-Calédonie"),
    Zone("Pacific/Wallis", "Wallis-et-Futuna"),
    Zone("Pacific/Tahiti", "Polynésie française (Tahiti)"),
    Zone("Pacific/Marquesas", "Polynésie française (Marquises)"),
    Zone("Pacific/Gambier", "Polynésie française (Gambier)"),
)


def clean_siret(text: str, field: str = "siret") -> str:
    """The 14 digits of a SIRET whose control key is right (Luhn; La Poste has its own).

    Raises:
        Refused: it is not one; the message says what is wrong.
    """
    digits = re.sub(r"[\s.\-\u00a0\u202f]", "", text)
    if not digits.isascii() or not digits.isdigit() or len(digits) != 14:
        count = sum(letter.isdigit() for letter in digits)
        raise Refused(f"Un SIRET a 14 chiffres ; celui-ci en a {count}.", field)
    try:
        siret_number.validate(digits)
    except ValidationError as error:
        raise Refused(
            "Ce SIRET est faux : sa clé de contrôle ne correspond pas. Relisez les chiffres.", field
        ) from error
    return digits


def clean_activity_number(text: str, field: str = "activity_number") -> str:
    """The 11 digits of a declaration of activity (C. trav., L. 6351-1).

    Raises:
        Refused: it has not 11 digits.
    """
    digits = re.sub(r"[\s.\-\u00a0\u202f]", "", text)
    if not re.fullmatch(r"[0-9]{11}", digits):
        raise Refused(
            "Le numéro de déclaration d’activité a 11 chiffres, par exemple 75 33 12345 67.", field
        )
    return digits


def clean_postcode(text: str, field: str = "postcode") -> str:
    """The 5 digits of a French postcode.

    Raises:
        Refused: it has not 5 digits.
    """
    digits = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[0-9]{5}", digits):
        raise Refused("Un code postal a 5 chiffres.", field)
    return digits


def clean_website(text: str, field: str = "website") -> str:
    """The address of a site with its scheme; empty when there is none.

    Raises:
        Refused: it cannot be an address.
    """
    typed = text.strip()
    if not typed:
        return ""
    address = typed if re.match(r"https?://", typed, re.I) else f"https://{typed}"
    if not re.fullmatch(r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?", address, re.I):
        raise Refused("Cette adresse de site paraît fausse. Exemple : www.exemple.fr.", field)
    return address
