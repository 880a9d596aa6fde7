"""What a version of a programme says, as one plain value: copied, compared, fingerprinted."""

from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

from admin_app.programmes.models import ProgrammeVersion
from compliance.vocabulary import RecognitionKind


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the contents: the day it is taught (1 is the first), its title, its points."""

    day: int
    title: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeText:
    """Everything that a version tells. A draft may leave anything but the title empty.

    `duration_minutes` is the whole teaching time; `price` is in euros without VAT, for what
    `price_basis` says (`group` or `trainee`); `modality` and `recognition` are codes of
    `compliance.vocabulary`.
    """

    title: str
    summary: str = ""
    audience: str = ""
    prerequisites: str = ""
    objectives: tuple[str, ...] = ()
    contents: tuple[Part, ...] = ()
    duration_minutes: int | None = None
    days: int | None = None
    modality: str = "in-person"
    methods: str = ""
    means: str = ""
    assessment: str = ""
    monitoring: str = ""
    recognition: str = ""
    recognition_details: str = ""
    price: Decimal | None = None
    price_basis: str = "group"
    price_details: str = ""
    financing: str = ""
    access_delay: str = ""
    access_terms: str = ""
    accessibility: str = ""
    contact: str = ""
    required_skills: tuple[str, ...] = ()

    @property
    def is_certifying(self) -> bool:
        """Whether it leads to something registered at the RNCP or the Répertoire spécifique."""
        return bool(self.recognition) and RecognitionKind(self.recognition).is_certifying

    def as_dict(self) -> dict[str, Any]:
        """The same, as plain data (to be checked, hashed or stored)."""
        return asdict(self) | {"is_certifying": self.is_certifying}


NAMES = tuple(field.name for field in fields(ProgrammeText))


def text_of(version: ProgrammeVersion) -> ProgrammeText:
    """What this version says."""
    values = {name: getattr(version, name) for name in NAMES}
    values["objectives"] = tuple(version.objectives)
    values["required_skills"] = tuple(version.required_skills)
    values["contents"] = tuple(
        Part(part["day"], part["title"], tuple(part.get("points", ()))) for part in version.contents
    )
    return ProgrammeText(**values)


def write_text(version: ProgrammeVersion, text: ProgrammeText) -> None:
    """Make this draft say that."""
    for name in NAMES:
        setattr(version, name, getattr(text, name))
    version.objectives = list(text.objectives)
    version.required_skills = list(text.required_skills)
    version.contents = [
        {"day": part.day, "title": part.title, "points": list(part.points)}
        for part in text.contents
    ]
    version.is_certifying = text.is_certifying
