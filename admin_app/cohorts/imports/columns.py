"""Recognising columns by their title, whatever their order, accents, case and punctuation."""

import re
from collections.abc import Sequence
from typing import Any

from admin_app.core.search import plain

FIELDS = {
    "last_name": "Nom",
    "first_name": "Prénom",
    "email": "Courriel",
    "birth_date": "Date de naissance",
    "phone": "Téléphone",
    "employer": "Employeur",
    "job": "Fonction",
    "takes_part_from": "Participe à partir du",
}
NEEDED = ("last_name", "first_name", "email")
FULL_NAME = "full_name"
NAMES_SAID = frozenset(
    {
        "nom prenom",
        "nom et prenom",
        "noms et prenoms",
        "noms prenoms",
        "prenom nom",
        "prenom et nom",
        "nom complet",
        "identite",
        "full name",
    }
)
_SAID = {
    "last_name": (
        "nom",
        "noms",
        "nom de famille",
        "nom d usage",
        "nom usuel",
        "nom du stagiaire",
        "nom stagiaire",
        "nom participant",
        "nom du participant",
        "nom de la personne",
        "patronyme",
        "nom patronymique",
        "last name",
        "lastname",
        "surname",
        "family name",
    ),
    "first_name": (
        "prenom",
        "prenoms",
        "prenom usuel",
        "prenom d usage",
        "prenom du stagiaire",
        "prenom stagiaire",
        "prenom participant",
        "prenom du participant",
        "first name",
        "firstname",
        "given name",
    ),
    "email": (
        "email",
        "e mail",
        "mail",
        "mel",
        "courriel",
        "couriel",
        "adresse mail",
        "adresse email",
        "adresse e mail",
        "adresse mel",
        "adresse courriel",
        "adresse electronique",
        "adresse de messagerie",
        "adresse mail professionnelle",
        "adresse email professionnelle",
        "courrier electronique",
        "messagerie",
        "email professionnel",
        "e mail professionnel",
        "mail professionnel",
        "mail pro",
        "email pro",
        "courriel professionnel",
        "mel professionnel",
        "adresse mel professionnelle",
        "adresse electronique professionnelle",
        "email du stagiaire",
        "email address",
        "e mail address",
    ),
    "birth_date": (
        "date de naissance",
        "date naissance",
        "naissance",
        "ne le",
        "nee le",
        "ne e le",
        "ne nee le",
        "ddn",
        "birth date",
        "birthdate",
        "birthday",
        "date of birth",
    ),
    "phone": (
        "telephone",
        "tel",
        "tel portable",
        "telephone portable",
        "telephone mobile",
        "tel mobile",
        "portable",
        "mobile",
        "gsm",
        "numero de telephone",
        "n de telephone",
        "n telephone",
        "telephone professionnel",
        "tel professionnel",
        "tel pro",
        "phone",
        "phone number",
    ),
    "employer": (
        "employeur",
        "nom de l employeur",
        "entreprise",
        "nom de l entreprise",
        "societe",
        "structure",
        "organisme",
        "organisation",
        "etablissement",
        "collectivite",
        "raison sociale",
        "employer",
        "company",
    ),
    "job": (
        "fonction",
        "fonctions",
        "poste",
        "poste occupe",
        "emploi",
        "metier",
        "profession",
        "intitule du poste",
        "intitule de poste",
        "job",
        "job title",
        "position",
    ),
    "takes_part_from": (
        "participe a partir du",
        "participe a compter du",
        "participe depuis le",
        "participation a partir du",
        "a partir du",
        "premier jour",
        "premier jour de participation",
        "date d arrivee",
        "arrivee le",
        "date d entree",
        "date d entree en formation",
        "entree en formation",
        "takes part from",
    ),
}
# a title that only does when nothing says it better
_FAILING_THAT = {
    "nom de naissance": "last_name",
    "nom de jeune fille": "last_name",
    "adresse": "email",
}
_KNOWN = {said: field for field, names in _SAID.items() for said in names}
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
LOOKED_AT = 30


def field_of(title: Any) -> str:
    """The field that a column's title names; empty when it names none."""
    said = plain(_ASIDE.sub(" ", str(title)))
    if said in NAMES_SAID:
        return FULL_NAME
    return _KNOWN.get(said) or _FAILING_THAT.get(said, "")


def is_second_best(title: Any) -> bool:
    """Whether the title only counts when no other column says the same."""
    return plain(_ASIDE.sub(" ", str(title))) in _FAILING_THAT


def header_rank(rows: Sequence[tuple[Any, ...]]) -> int | None:
    """Which of the first rows names the columns: the one that names most, two at least."""
    best, most = None, 1
    for rank, cells in enumerate(rows[:LOOKED_AT]):
        named = len({field for cell in cells if (field := field_of(cell))})
        if named > most:
            best, most = rank, named
    return best
