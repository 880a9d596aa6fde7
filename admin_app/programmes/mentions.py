"""What the public page of a programme must still say, with the text that asks for it."""

from dataclasses import dataclass
from datetime import date

from admin_app.programmes.text import ProgrammeText
from compliance.citations import Citation
from compliance.mentions import MissingMention, missing
from compliance.vocabulary import Layer

KIND = "programme"


@dataclass(frozen=True, slots=True)
class Gap:
    """A mention that is not there yet; `field` is where it is written."""

    label: str
    remedy: str
    sentence: str
    field: str
    layer: Layer
    citations: tuple[Citation, ...]


def gaps(text: ProgrammeText, *, on: date) -> tuple[Gap, ...]:
    """The mentions that a page in force from the day `on` still lacks, in reading order.

    Article: public information, in the référentiel (see `compliance/data/mentions/programme.toml`).
    """
    data = {"programme": text.as_dict() | {"in_force_from": on}}
    return tuple(_gap(one) for one in missing(KIND, data, on=on))


def _gap(mention: MissingMention) -> Gap:
    return Gap(
        label=mention.label,
        remedy=mention.remedy,
        sentence=mention.sentence,
        field=mention.paths[0].split("|")[0].split(".")[1],
        layer=mention.layer,
        citations=mention.citations,
    )
