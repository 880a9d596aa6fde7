"""What each obtained piece leaves besides its evidence: its own rows, documents, mails, links, and
an entry in the journal."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from benchmarks.data.answers import SETS, answers_to
from benchmarks.data.house import BY, House
from benchmarks.data.ledgers import Ledgers
from benchmarks.data.sheets import as_json, moment
from benchmarks.data.story import MINUTES, Story
from benchmarks.data.words import MAIL, MAIL_PAGE, OBJECTIVES, PARAGRAPH
from compliance.expectations import Expectation
from compliance.facts import EvidenceFact
from compliance.vocabulary import Departure, Outcome

Left = tuple[str, int, int | None]  # source kind, source key, document key
SCREEN = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
_SHEETS = {"completion-certificate": "CERT", "training-attestation": "ATT"}


class Traces:
    """Writes what pieces leave, for one cohort after the other."""

    def __init__(self, ledgers: Ledgers, house: House, document_sha256: str) -> None:
        self.to, self.house, self.sha256 = ledgers, house, document_sha256
        self.leavers: dict[str, Callable[[Expectation, date], Left]] = {
            "joining-instructions": self._joining,
            "positioning": self._positioning,
            "assessment": self._assessment,
            "completion-certificate": self._certificate,
            "training-attestation": self._certificate,
            "exit-survey": self._survey,
            "follow-up-survey": self._survey,
            "client-feedback": self._survey,
            "trainer-feedback": self._survey,
            "agreement": self._agreement,
            "individual-contract": self._agreement,
            "needs-analysis": self._needs,
            "resources-handed-over": self._resources,
            "attendance-half-day": self._sheet,
        }

    def begin(self, story: Story) -> None:
        """From now on everything belongs to that cohort."""
        self.story, self.facts = story, story.facts
        self.sheet_document: int | None = None
        self.sponsors = dict(story.sponsors)
        self.enrolments = {one.key: one for one in story.facts.enrolments}
        self.planned = sum(one.minutes for one in story.facts.half_days)

    def leave(self, expected: Expectation, fact: EvidenceFact) -> None:
        """The evidence, and all that came with it."""
        kind, key, document = self.facts.reference, 0, None
        leaver = self.leavers.get(expected.piece)
        if leaver and fact.outcome is Outcome.OBTAINED:
            kind, key, document = leaver(expected, fact.occurred_on)
        else:
            kind, key = expected.scope_kind.value, expected.scope_key
        at = moment(fact.occurred_on)
        self.to.evidence.add(
            (fact.key, expected.piece, expected.scope_kind.value, expected.scope_key,
             self.facts.key, kind, key, f"{expected.title}, {expected.for_name}"[:300],
             fact.occurred_on.isoformat(), at, BY, fact.outcome.value, f"{fact.key:064x}", "{}",
             "[]", document)
        )  # fmt: skip

    def send_what_waits(self, story: Story) -> None:
        """Questionnaires that were sent and wait for an answer."""
        soon = story.facts.starts_on - timedelta(days=14)
        if soon >= self.house.today:
            return
        answered = {
            piece.expectation.scope_key
            for piece in story.pieces
            if piece.expectation.piece == "positioning" and piece.evidence
        }
        for one in story.facts.enrolments:
            if one.key not in answered and one.departure is not Departure.WITHDRAWN_BEFORE:
                day = max(soon, one.enrolled_on)
                sheet = self.to.positioning
                sheet.add((sheet.key(), one.key, moment(day), "{}", None, None))
                self._write_to(one.key, "positioning", day, ("enrolment", one.key))

    # The journal, the post

    def tell(
        self, cohort: int, action: str, day: date, subject: tuple[str, int], what: str
    ) -> None:
        """An entry of that day."""
        self.note(cohort, action, moment(day), subject, what)

    def note(self, cohort: int, action: str, at: str, subject: tuple[str, int], what: str) -> None:
        """An entry of that instant."""
        sheet = self.to.journal
        sheet.add(
            (sheet.key(), at, at, "user", 1, BY, action, *subject, cohort, what, "{}", "192.0.2.9",
             SCREEN)
        )  # fmt: skip

    def _write_to(self, enrolment: int, purpose: str, day: date, about: tuple[str, int]) -> int:
        _, name, email = self.story.people[enrolment]
        return self._post(name, email, purpose, day, about, "trainee")

    def _post(
        self, name: str, email: str, purpose: str, day: date, about: tuple[str, int], actor: str
    ) -> int:
        """A mail that left, with the link that it holds."""
        mail, link, at = self.to.mail, self.to.link, moment(day)
        key = mail.key()
        mail.add(
            (key, purpose, email, name, f"{self.facts.title} : {purpose}"[:300], MAIL, MAIL_PAGE,
             "[]", *about, self.facts.key, at, "sent", 1, at)
        )  # fmt: skip
        number = link.key()
        link.add(
            (number, f"mesure{number:012d}", purpose, actor, *about, name, email, at,
             moment(day + timedelta(days=60)))
        )  # fmt: skip
        return key

    def _document(
        self, kind: str, prefix: str, subject: tuple[str, int], who: str, day: date
    ) -> int:
        sheet = self.to.document
        key = sheet.key()
        number = f"{prefix}-{day.year}-{key:07d}"
        sheet.add(
            (key, number, kind, 1, kind, who, *subject, self.facts.key, moment(day), BY, "1",
             _data(self.facts.title), self.sha256, self.sha256, 42_000)
        )  # fmt: skip
        self.tell(self.facts.key, "documents.issue", day, ("document", key), f"{number} établi.")
        return key

    # What each piece leaves

    def _joining(self, expected: Expectation, day: date) -> Left:
        enrolment, sheet = expected.scope_key, self.to.joining
        who = self.story.people[enrolment][1]
        document = self._document(
            "joining-instructions", "CONVOC", ("enrolment", enrolment), who, day
        )
        message = self._write_to(enrolment, "trainee-file", day, ("enrolment", enrolment))
        key = sheet.key()
        sheet.add((key, enrolment, document, message, "[]", moment(day)))
        return "joining-instructions", key, document

    def _positioning(self, expected: Expectation, day: date) -> Left:
        enrolment, sheet = expected.scope_key, self.to.positioning
        key, at = sheet.key(), moment(day)
        sheet.add((key, enrolment, at, answers_to("positioning")[key % SETS], at, at))
        self._write_to(enrolment, "positioning", day, ("enrolment", enrolment))
        self.tell(self.facts.key, "needs.positioning-answered", day, ("positioning", key),
                  f"Besoins et positionnement reçus de {expected.for_name}.")  # fmt: skip
        return "positioning", key, None

    def _assessment(self, expected: Expectation, day: date) -> Left:
        sheet, results = self.to.assessment, self.to.result
        key = sheet.key()
        sheet.add((key, expected.scope_key, "Étude de cas", day.isoformat(), moment(day), BY))
        for rank, objective in enumerate(OBJECTIVES, 1):
            result = "partly" if (key + rank) % 9 == 0 else "reached"
            results.add((results.key(), key, rank, objective, result))
        self.tell(self.facts.key, "evaluations.assessed", day, ("assessment", key),
                  f"Acquis de {expected.for_name} évalués.")  # fmt: skip
        return "assessment", key, None

    def _certificate(self, expected: Expectation, day: date) -> Left:
        kind, enrolment, sheet = expected.piece, expected.scope_key, self.to.certificate
        subject = ("enrolment", enrolment)
        document = self._document(kind, _SHEETS[kind], subject, expected.for_name, day)
        key, at = sheet.key(), moment(day)
        attended = self.enrolments[enrolment].attended_minutes or 0
        sheet.add((key, kind, enrolment, self.facts.key, document, attended, self.planned, at, at))
        if kind == "completion-certificate":
            self._write_to(enrolment, "trainee-file", day, subject)
        return "certificate", key, document

    def _survey(self, expected: Expectation, day: date) -> Left:
        sheet, kind = self.to.survey, expected.scope_kind.value
        key, at = sheet.key(), moment(day)
        email = f"reponse{key}@example.org"
        sheet.add(
            (key, expected.piece, self.facts.key, kind, expected.scope_key, expected.for_name,
             email, at, day.isoformat(), answers_to(expected.piece)[key % SETS], at, at, "")
        )  # fmt: skip
        self._post(expected.for_name, email, expected.piece, day, ("survey", key), kind[:20])
        for action, words in (
            ("survey-sent", "Questionnaire envoyé à"),
            ("survey-answered", "Réponse de"),
        ):
            self.tell(self.facts.key, f"evaluations.{action}", day, ("survey", key),
                      f"{words} {expected.for_name}.")  # fmt: skip
        return "survey", key, None

    def _agreement(self, expected: Expectation, day: date) -> Left:
        sheet, signatures = self.to.agreement, self.to.agreement_signature
        key, at = sheet.key(), moment(day)
        is_convention = expected.piece == "agreement"
        kind = "convention" if is_convention else "individual-contract"
        document = self._document(kind, "CONV", ("agreement", key), expected.for_name, day)
        signed = self._document(
            f"{kind}-signed", "SIGN", ("agreement", key), expected.for_name, day
        )
        sheet.add(
            (key, f"CONV-{day.year}-{key:06d}", "convention" if is_convention else "contract",
             self.facts.key, self.sponsors[expected.scope_key] if is_convention else None,
             None if is_convention else expected.scope_key, 480_000, len(self.enrolments),
             "Sophie Delorme", "directrice", f"signataire{key}@example.org", "concluded", document,
             signed, at, at, at, day.isoformat(), at)
        )  # fmt: skip
        for side, name in (("client", "Sophie Delorme"), ("provider", BY)):
            signatures.add(
                (signatures.key(), key, side, name, "directrice", "typed", "Lu et approuvé.", "[]",
                 self.sha256, at, day.isoformat(), name)
            )  # fmt: skip
        self._post("Sophie Delorme", f"signataire{key}@example.org", "agreement", day,
                   ("agreement", key), "client")  # fmt: skip
        return "agreement", key, signed

    def _needs(self, expected: Expectation, day: date) -> Left:
        sheet = self.to.needs
        key = sheet.key()
        sheet.add(
            (key, self.sponsors[expected.scope_key], self.facts.key, day.isoformat(),
             "Sophie Delorme", BY, *([PARAGRAPH] * 6), moment(day), BY)
        )  # fmt: skip
        self.tell(self.facts.key, "needs.analysed", day, ("needs-analysis", key),
                  f"Besoin analysé avec {expected.for_name}.")  # fmt: skip
        return "needs-analysis", key, None

    def _resources(self, expected: Expectation, day: date) -> Left:
        sheet, fetches = self.to.resource, self.to.fetch
        key, at = sheet.key(), moment(day)
        sheet.add(
            (key, self.facts.key, "Dossier de ressources", "ressources.pdf", "application/pdf",
             self.sha256, 42_000, at, BY, at)
        )  # fmt: skip
        for enrolment in self.enrolments:
            if enrolment % 3:
                fetches.add((fetches.key(), key, enrolment, at))
        return "resource-file", key, None

    def _sheet(self, expected: Expectation, day: date) -> Left:
        """The attendance sheet: one document a cohort, that each half-day leads to."""
        if self.sheet_document is None:
            subject = ("cohort", self.facts.key)
            self.sheet_document = self._document("attendance-sheet", "EMARG", subject, "", day)
        return "half-day", expected.scope_key, self.sheet_document


@cache
def _data(title: str) -> str:
    return as_json(
        {
            "training": title,
            "provider": {"name": "Atelier des Territoires", "siret": "73282932000074"},
            "objectives": list(OBJECTIVES),
            "planned_minutes": 4 * MINUTES,
            "text": PARAGRAPH * 2,
        }
    )
