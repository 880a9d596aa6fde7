"""VAT statuses of a training organisation, and the sentence that each one prints.

The sentences are dated: the VAT articles move from the CGI to the code des impositions sur les
biens et services on 2027-01-01 (ordonnance 2026-671). The CGI wording stays accepted on invoices
until 2028-06-30, and the new article of the exemption was not found when this was written: add it
to `mentions` with its day when it is known.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class VatStatus:
    """A VAT status. `mentions` is its history: the first day of each wording, oldest first."""

    key: str
    label: str
    explanation: str
    mentions: tuple[tuple[date, str], ...]

    def mention_on(self, day: date) -> str:
        """The sentence that documents carry on that day."""
        current = self.mentions[0][1]
        for start, sentence in self.mentions:
            if start <= day:
                current = sentence
        return current


VAT_STATUSES = (
    VatStatus(
        "exempt-3511",
        "Exonéré (attestation 3511)",
        "Organisme de droit privé qui a reçu l’attestation demandée par le formulaire n° 3511 : "
        "ses formations sont exonérées (CGI, art. 261, 4, 4° a).",
        ((date(2018, 12, 31), "Exonération de TVA, article 261, 4, 4° a du CGI"),),
    ),
    VatStatus(
        "franchise-293b",
        "Franchise en base",
        "Chiffre d’affaires sous le seuil, sans attestation 3511 (CGI, art. 293 B).",
        ((date(2018, 12, 31), "TVA non applicable, art. 293 B du CGI"),),
    ),
    VatStatus(
        "subject",
        "Assujetti à la TVA",
        "Les prix s’entendent hors taxes ; la TVA s’ajoute au taux en vigueur.",
        ((date(2018, 12, 31), "Prix hors taxes ; TVA en sus au taux en vigueur"),),
    ),
)
BY_KEY = {status.key: status for status in VAT_STATUSES}


def vat_mention(key: str, day: date) -> str:
    """The sentence of that status on that day; empty when the status is unknown."""
    status = BY_KEY.get(key)
    return status.mention_on(day) if status else ""
