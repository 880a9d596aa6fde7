"""The registers: complaints, actions, risks, watch, reports, team, subcontractors, partners.

They are spread over four years, mostly behind, as a house that has kept them for long has them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from random import Random

from admin_app.core.search import plain
from benchmarks.data.house import BY, House
from benchmarks.data.sheets import Book, Sheet, as_json, moment
from benchmarks.data.words import PARAGRAPH, THEMES, TITLES, TOWNS, address, person
from benchmarks.sizes import SEED, Size

DAYS = 4 * 365
OPEN = 12  # one row in twelve is still to be dealt with
TOPICS = ("information", "welcome", "content", "trainer", "premises", "assessment")
MATTERS = (
    "Salle froide toute la matinée",
    "Convocation arrivée la veille",
    "Support illisible à l’écran",
    "Rythme trop soutenu le second jour",
    "Connexion coupée à trois reprises",
    "Attestation reçue après six semaines",
)
SOURCES = ("Journal officiel", "Centre Inffo", "Ministère du travail", "Observatoire des métiers")
RISKS = ("Formateur indisponible", "Salle inaccessible", "Abandons", "Support périmé")
DOMAINS = ("staff", "means", "engagement", "design")
PARTNERS = ("agefiph", "rhf", "cap-emploi", "mdph", "fiphfp", "other")


class RegisterMaker:
    """Fills the sheets of the registers, as many rows in each as the size says."""

    def __init__(self, book: Book, house: House, size: Size) -> None:
        self.book, self.house, self.rows = book, house, size.registers
        self.cohorts = size.cohorts
        self.random = Random(SEED + 1)

    def make(self) -> None:
        """Every register in turn."""
        self._complaints()
        self._improvements()
        self._risks()
        self._watch()
        self._reports()
        self._team()
        self._subcontractors()
        self._partners()
        self._reviews()

    def _spread(self) -> Iterator[tuple[int, date, bool]]:
        """The rank of each row from one, its day from the oldest on, and whether it is open."""
        for rank in range(1, self.rows + 1):
            back = DAYS - DAYS * rank // self.rows
            yield rank, self.house.today - timedelta(days=back + 1), not rank % OPEN

    def _reference(self, prefix: str, rank: int, day: date) -> str:
        return f"{prefix}-{day.year}-{rank:05d}"

    def _name(self) -> str:
        return " ".join(person(self.random))

    def _complaints(self) -> None:
        sheet = self.book.sheet(
            "complaint",
            "id reference kind topic label_short search received_on channel author_kind "
            "author_name cohort_id words acknowledged_on answered_on answer solved_on solution "
            "closed_on closed_by decision satisfied recorded_at recorded_by",
        )
        words = cycle(zip(TOPICS, MATTERS, strict=True))
        for rank, day, is_open in self._spread():
            topic, matter = next(words)
            incident = not rank % 5
            reference = self._reference("ALEA" if incident else "REC", rank, day)
            name = self._name()
            later = None if is_open else (day + timedelta(days=1)).isoformat()
            sheet.add(
                (sheet.key(), reference, "incident" if incident else "complaint", topic, matter,
                 plain(f"{reference} {matter} {name}"), day.isoformat(), "mail", "trainee", name,
                 rank % self.cohorts + 1, PARAGRAPH, None if incident else later,
                 None if incident else later, PARAGRAPH, later if incident else None,
                 "Autre salle trouvée." if incident else "", later, BY, "Consigne changée.",
                 "yes", moment(day), BY)
            )  # fmt: skip

    def _improvements(self) -> None:
        sheet = self.book.sheet(
            "improvement",
            "id reference title search kind origin_kind origin_words action owner_name created_on "
            "due_on done_on effect_checked_on is_effective closed_on recorded_at recorded_by",
        )
        for rank, day, is_open in self._spread():
            title, owner = f"Revoir : {MATTERS[rank % len(MATTERS)].lower()}", self._name()
            reference = self._reference("ACT", rank, day)
            done = None if is_open else (day + timedelta(days=1)).isoformat()
            sheet.add(
                (sheet.key(), reference, title, plain(f"{title} {reference} {owner}"),
                 ("corrective", "preventive", "improvement")[rank % 3], "idea",
                 "Réunion d’équipe", PARAGRAPH, owner, day.isoformat(),
                 (day + timedelta(days=30)).isoformat(), done, done, None if is_open else True,
                 done, moment(day), BY)
            )  # fmt: skip

    def _risks(self) -> None:
        sheet = self.book.sheet(
            "quality_risk",
            "id reference title search domain owner_name likelihood impact created_on reviewed_on "
            "closed_on recorded_at recorded_by",
        )
        ratings = self.book.sheet(
            "risk_rating", "id risk_id rated_on rated_by likelihood impact why recorded_at"
        )
        for rank, day, is_open in self._spread():
            key, owner = sheet.key(), self._name()
            title = f"{RISKS[rank % 4]} – {TITLES[rank % len(TITLES)]}"
            reference = self._reference("RISQ", rank, day)
            likelihood, impact = self.random.randint(1, 4), self.random.randint(1, 4)
            sheet.add(
                (key, reference, title, plain(f"{title} {reference} {owner}"), DOMAINS[rank % 4],
                 owner, likelihood, impact, day.isoformat(), day.isoformat(),
                 None if is_open or rank % 2 else (day + timedelta(days=1)).isoformat(),
                 moment(day), BY)
            )  # fmt: skip
            ratings.add(
                (ratings.key(), key, day.isoformat(), BY, likelihood, impact, PARAGRAPH,
                 moment(day))
            )  # fmt: skip

    def _watch(self) -> None:
        sheet = self.book.sheet(
            "watch_note",
            "id topic title search source found_on found_by extract analysed_on analysis decision "
            "shared_on recorded_at recorded_by",
        )
        told = self.book.sheet(
            "watch_told", "id note_id told_on how audience_kind name recorded_at recorded_by"
        )
        for rank, day, is_open in self._spread():
            key, source = sheet.key(), SOURCES[rank % len(SOURCES)]
            title = f"{TITLES[rank % len(TITLES)]} : ce qui change, note {rank}"
            done = None if is_open else day.isoformat()
            sheet.add(
                (key, ("legal", "trades", "teaching")[rank % 3], title, plain(f"{title} {source}"),
                 source, day.isoformat(), self._name(), PARAGRAPH, done, PARAGRAPH, PARAGRAPH,
                 done, moment(day), BY)
            )  # fmt: skip
            if done:
                told.add((told.key(), key, done, "meeting", "staff", "L’équipe", moment(day), BY))

    def _reports(self) -> None:
        """Very few: one for a hundred rows of the others."""
        sheet = self.book.sheet(
            "safeguarding_report",
            "id reference received_on recorded_at category author_kind channel closed_on "
            "closed_how",
        )
        for rank, day, is_open in self._spread():
            if rank % 100 == 1:
                closed = None if is_open else (day + timedelta(days=1)).isoformat()
                sheet.add(
                    (sheet.key(), self._reference("SIG", rank, day), day.isoformat(), moment(day),
                     "discrimination", "trainee", "link", closed, "" if is_open else "measures")
                )  # fmt: skip

    def _team(self) -> None:
        people = self.book.sheet("staff_member", "id name search role since left_on")
        meetings = self.book.sheet(
            "team_meeting", "id held_on present points decisions recorded_at recorded_by"
        )
        for rank, day, is_open in self._spread():
            name, role = self._name(), "Assistante de formation"
            left = None if is_open or rank % 4 else (day + timedelta(days=1)).isoformat()
            people.add(
                (people.key(), name, plain(f"{name} {role}"), role, day.isoformat(), left)
            )  # fmt: skip
            meetings.add(
                (meetings.key(), day.isoformat(), f"{BY}, {name}", PARAGRAPH,
                 THEMES[rank % len(THEMES)], moment(day), BY)
            )  # fmt: skip

    def _subcontractors(self) -> None:
        sheet = self.book.sheet(
            "subcontractor", "id name search kind siret activity_number contact added_on"
        )
        contracts = self.book.sheet(
            "subcontract",
            "id subcontractor_id signed_on starts_on ends_on missions recorded_at recorded_by",
        )
        proofs = self.book.sheet(
            "subcontractor_proof",
            "id subcontractor_id kind obtained_on valid_until recorded_at recorded_by",
        )
        for rank, day, _ in self._spread():
            key, contact, siret = sheet.key(), self._name(), f"{83282932000000 + rank}"
            name, said = f"Atelier {TOWNS[rank % len(TOWNS)]} {rank}", day.isoformat()
            sheet.add(
                (key, name, plain(f"{name} {contact} {siret}"), "subcontractor", siret,
                 "75331234567", contact, said)
            )  # fmt: skip
            last = (day + timedelta(days=730)).isoformat()
            contracts.add((contracts.key(), key, said, said, last, PARAGRAPH, moment(day), BY))
            for kind in ("nda", "insurance", "vigilance"):
                proofs.add((proofs.key(), key, kind, said, last, moment(day), BY))

    def _partners(self) -> None:
        sheet = self.book.sheet(
            "network_partner", "id name search kind contact_name email purpose added_on"
        )
        contacts = self.book.sheet(
            "network_contact",
            "id partner_id made_on made_by how topic answered recorded_at recorded_by",
        )
        for rank, day, _ in self._spread():
            key, (first, last) = sheet.key(), person(self.random)
            who, email = f"{first} {last}", address(first, last, rank)
            name = f"Appui handicap de {TOWNS[rank % len(TOWNS)]} {rank}"
            sheet.add(
                (key, name, plain(f"{name} {who}"), PARTNERS[rank % len(PARTNERS)], who, email,
                 "Appui au maintien en formation.", day.isoformat())
            )  # fmt: skip
            contacts.add(
                (contacts.key(), key, day.isoformat(), BY, "phone", "support", True, moment(day),
                 BY)
            )  # fmt: skip

    def _reviews(self) -> None:
        """Looks at places, at what is published, and yearly reviews: a few a year."""
        checks = self.book.sheet(
            "place_check",
            "id place_id checked_on checked_by equipment accessibility recorded_at recorded_by",
        )
        for number in range(1, self.house.places + 1):
            day = self.house.today - timedelta(days=40 * number)
            checks.add(
                (checks.key(), number, day.isoformat(), BY, "good", "good", moment(day), BY)
            )  # fmt: skip
        self._yearly(
            self.book.sheet(
                "quality_review",
                "id kind held_on period_from period_to present findings decisions figures "
                "recorded_at recorded_by",
            )
        )

    def _yearly(self, reviews: Sheet) -> None:
        for years in range(1, 4):
            day = self.house.today - timedelta(days=365 * years)
            since = (day - timedelta(days=365)).isoformat()
            for kind in ("improvement-review", "feedback-analysis"):
                reviews.add(
                    (reviews.key(), kind, day.isoformat(), since, day.isoformat(), BY, PARAGRAPH,
                     PARAGRAPH, as_json([]), moment(day), BY)
                )  # fmt: skip
