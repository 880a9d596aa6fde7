"""What even a draft may not say."""

from collections.abc import Iterator

from admin_app.core.errors import Refused
from admin_app.programmes.text import ProgrammeText
from admin_app.programmes.words import MODALITIES, PRICE_BASES, RECOGNITIONS

LONGEST_TITLE = 200
MOST_DAYS = 366
MOST_MINUTES = MOST_DAYS * 24 * 60


def problems_of(text: ProgrammeText) -> Iterator[Refused]:
    """What does not hold in a text, whatever its state: empty rubrics are not problems here."""
    if not text.title.strip():
        yield Refused("Donnez un intitulé à la formation.", "title")
    if len(text.title) > LONGEST_TITLE:
        yield Refused(f"Pas plus de {LONGEST_TITLE} caractères.", "title")
    if text.duration_minutes is not None and not 0 < text.duration_minutes <= MOST_MINUTES:
        yield Refused("La durée doit être comprise entre une minute et un an.", "duration_minutes")
    if text.days is not None and not 1 <= text.days <= MOST_DAYS:
        yield Refused(f"De 1 à {MOST_DAYS} jours.", "days")
    if text.price is not None and text.price < 0:
        yield Refused("Un tarif n’est pas négatif.", "price")
    yield from _codes(text)
    yield from _parts(text)


def _codes(text: ProgrammeText) -> Iterator[Refused]:
    if text.modality not in MODALITIES:
        yield Refused("Choisissez une modalité.", "modality")
    if text.recognition and text.recognition not in RECOGNITIONS:
        yield Refused("Choisissez un type de reconnaissance.", "recognition")
    if text.price_basis not in PRICE_BASES:
        yield Refused("Dites ce que le tarif couvre.", "price_basis")


def _parts(text: ProgrammeText) -> Iterator[Refused]:
    for rank, part in enumerate(text.contents, start=1):
        if part.day < 1 or part.day > MOST_DAYS:
            yield Refused(
                f"Partie {rank}\u00a0: le jour doit être un nombre à partir de 1.", "contents"
            )
        elif text.days and part.day > text.days:
            count = "un seul jour" if text.days == 1 else f"{text.days} jours"
            yield Refused(
                f"Partie {rank}\u00a0: au jour {part.day}, mais la formation dure {count}.",
                "contents",
            )
