"""The documents of the house: which there are, their starting texts, how a text is laid out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "starting"
_TO_ADAPT = re.compile(r"\[À (?:adapter|vérifier)[^\]]*\]", re.IGNORECASE)


TRAINEES, PUBLIC, HOUSE = "trainees", "public", "house"
GROUPS = {
    TRAINEES: "Remis aux stagiaires avec la convocation",
    PUBLIC: "Donnés à lire à qui veut s’inscrire",
    HOUSE: "Procédures de la maison",
}


@dataclass(frozen=True, slots=True)
class HouseKind:
    """A house document. `key` is also its piece in the catalogue and a part of its address.

    `group` says who reads it: a key of `GROUPS`.
    """

    key: str
    title: str
    duty: str
    group: str = TRAINEES

    def starting_text(self, words: Mapping[str, str]) -> str:
        """A first text, to be adapted, with the organisation's own words put in."""
        return (FOLDER / f"{self.key}.txt").read_text(encoding="utf-8").format_map(words)


KINDS = (
    HouseKind(
        "house-rules",
        "Règlement intérieur",
        "Obligatoire pour tout organisme, dans les trois mois qui suivent le début de l’activité "
        "(C. trav., L. 6352-3 et L. 6352-4) ; remis avant l’inscription définitive (L. 6353-8).",
    ),
    HouseKind(
        "welcome-booklet",
        "Livret d’accueil",
        "Attendu par le guide de lecture : conditions d’accueil, contacts, déroulement. Joint à "
        "la convocation.",
    ),
    HouseKind(
        "safeguarding-procedure",
        "Procédure de prévention et de traitement des violences, du harcèlement et des "
        "discriminations",
        "Demandée par le décret n° 2026-728 pour les audits à partir du 1er novembre 2026 ; "
        "remise aux stagiaires et aux personnes qui animent.",
    ),
    HouseKind(
        "terms-of-sale",
        "Conditions générales de vente",
        "Attendues par le guide de lecture ; remises avant toute signature.",
        PUBLIC,
    ),
    HouseKind(
        "accessibility-policy",
        "Accueil des personnes en situation de handicap",
        "L’accessibilité fait partie de ce que le public doit trouver ; tenu avec "
        "le référent handicap.",
        PUBLIC,
    ),
    HouseKind(
        "positioning-procedure",
        "Procédure de positionnement à l’entrée",
        "Attendue par le guide de lecture.",
        HOUSE,
    ),
    HouseKind(
        "assessment-procedure",
        "Procédure d’évaluation des acquis",
        "Attendue par le guide de lecture.",
        HOUSE,
    ),
    HouseKind(
        "engagement-procedure",
        "Procédure d’engagement et de prévention des ruptures",
        "Absences, abandons : attendue par le guide de lecture.",
        HOUSE,
    ),
    HouseKind(
        "complaints-procedure",
        "Procédure de traitement des réclamations et des aléas",
        "Attendue par le guide de lecture.",
        HOUSE,
    ),
    HouseKind(
        "subcontracting-procedure",
        "Procédure de sous-traitance",
        "Attendue quand une formation est confiée à d’autres, portage compris.",
        HOUSE,
    ),
)
BY_KEY = {kind.key: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a laid-out text: a `heading`, a `paragraph` or a `list` of items."""

    kind: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words of a heading or a paragraph."""
        return " ".join(self.lines)


def laid_out(text: str) -> list[Block]:
    """The blocks of a text: « # » begins a heading, « - » an item, other lines are paragraphs."""
    blocks: list[Block] = []
    items: list[str] = []
    for line in [*(line.strip() for line in text.splitlines()), ""]:
        if line.startswith(("- ", "– ", "• ")):
            items.append(line[2:].strip())
            continue
        if items:
            blocks.append(Block("list", tuple(items)))
            items = []
        if line.startswith("#"):
            blocks.append(Block("heading", (line.lstrip("# "),)))
        elif line:
            blocks.append(Block("paragraph", (line,)))
    return blocks


def left_to_adapt(text: str) -> list[str]:
    """The passages of a starting text that nobody has adapted yet."""
    return _TO_ADAPT.findall(text)
