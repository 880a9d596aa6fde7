"""The organisation, who works there, whom it trains and for whom: what cohorts are made from."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from admin_app.accounts.passwords import hash_password
from admin_app.core.search import plain
from benchmarks.data.sheets import Book, as_json, moment
from benchmarks.data.words import (
    OBJECTIVES,
    ORGANISATIONS,
    PARAGRAPH,
    THEMES,
    TITLES,
    TOWNS,
    address,
    person,
)
from benchmarks.sizes import SEED, Size

PASS_PHRASE = "mesures-de-Liasse-2026"  # noqa: S105 - opens nothing that lasts
OFFICE, TRAINER, AUDITOR = (
    "bureau@example.org",
    "formatrice@example.org",
    "auditrice@example.org",
)
BY = "Hélène Marchand"


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme of the catalogue: its two versions, the second in force for a year."""

    key: int
    reference: str
    slug: str
    title: str
    versions: tuple[int, int]

    def version_on(self, day: date, today: date) -> int:
        """The key of the version that was in force on that day."""
        return self.versions[0] if day < today - timedelta(days=365) else self.versions[1]


@dataclass(slots=True)
class House:
    """What there is before the first cohort. Names are in the order of the keys, from one."""

    today: date
    places: int = 12
    programmes: list[Programme] = field(default_factory=list)
    trainers: list[str] = field(default_factory=list)
    clients: list[tuple[str, bool]] = field(default_factory=list)
    trainees: list[tuple[str, str]] = field(default_factory=list)
    audit: int = 1


class HouseMaker:
    """Fills the sheets that hold no cohort."""

    def __init__(self, book: Book, size: Size, today: date) -> None:
        self.book, self.size, self.today = book, size, today
        self.random = Random(SEED)
        self.house = House(today)
        self.long_ago = today - timedelta(days=4 * 365)
        self.evidence = book.sheet(
            "evidence",
            "id piece scope_kind scope_id source_kind source_id label occurred_on recorded_at "
            "recorded_by outcome sha256 facts flags",
        )

    def make(self) -> House:
        """The organisation, then people, programmes, clients and trainees."""
        self._provider()
        self._accounts()
        self._places()
        self._trainers()
        self._programmes()
        self._clients()
        self._trainees()
        return self.house

    def prove(self, piece: str, scope: tuple[str, int], label: str) -> None:
        """A piece that belongs to no cohort, there for long."""
        kind, key = scope
        self.evidence.add(
            (self.evidence.key(), piece, kind, key, kind, key, label, self.long_ago.isoformat(),
             moment(self.long_ago), BY, "obtained", f"{key:064x}", "{}", "[]")
        )  # fmt: skip

    def _provider(self) -> None:
        sheet = self.book.sheet(
            "provider",
            "id name siret activity_number activity_region certificate_number certificate_body "
            "certified_on next_audit_on address postcode city email representative "
            "representative_quality vat_status time_zone in_business_since disability_officer "
            "disability_email mail_settings created_at",
        )
        sheet.add(
            (1, "Atelier des Territoires", "73282932000074", "75331234567", "Nouvelle-Aquitaine",
             "FR-0001", "Certif Exemple", self.long_ago.isoformat(),
             (self.today + timedelta(days=45)).isoformat(), "12 rue des Tilleuls", "33000",
             "Bordeaux", "contact@example.org", BY, "gérante", "exempt-3511", "Europe/Paris",
             self.long_ago.isoformat(), "Paul Ribeiro", "handicap@example.org", "{}",
             moment(self.long_ago))
        )  # fmt: skip
        documents = self.book.sheet(
            "house_document", "id kind version title text in_force_from created_at created_by"
        )
        for kind, title in (
            ("house-rules", "Règlement intérieur"),
            ("welcome-booklet", "Livret d’accueil"),
            ("safeguarding-procedure", "Prévention des violences et du harcèlement"),
        ):
            documents.add(
                (documents.key(), kind, 1, title, PARAGRAPH * 20, self.long_ago.isoformat(),
                 moment(self.long_ago), BY)
            )  # fmt: skip
            self.prove(kind, ("provider", 1), title)
        self.prove("disability-officer", ("provider", 1), "Référent handicap désigné")

    def _accounts(self) -> None:
        users = self.book.sheet(
            "user",
            "id email name search password_hash stamp created_at password_set_at trainer_id",
        )
        roles = self.book.sheet("user_role", "id user_id role")
        kept = hash_password(PASS_PHRASE)
        made = moment(self.long_ago)
        for email, name, held, trainer in (
            (OFFICE, BY, ("administrator", "office", "quality-manager"), None),
            (TRAINER, "Claire Vasseur", ("trainer",), 1),
            (AUDITOR, "Odile Besson", ("auditor",), None),
        ):
            key = users.key()
            users.add(
                (
                    key,
                    email,
                    name,
                    plain(f"{name} {email}"),
                    kept,
                    f"{key:032x}",
                    made,
                    made,
                    trainer,
                )
            )
            for role in held:
                roles.add((roles.key(), key, role))
        audits = self.book.sheet(
            "audit", "id kind audit_on body period_from period_to opened_at opened_by closes_at"
        )
        year_ago = self.today - timedelta(days=365)
        audits.add(
            (1, "surveillance", (self.today + timedelta(days=10)).isoformat(), "Certif Exemple",
             year_ago.isoformat(), self.today.isoformat(), moment(self.today, "00:00"), BY,
             moment(self.today + timedelta(days=30)))
        )  # fmt: skip
        self.book.sheet("audit_reader", "id audit_id user_id").add((1, 1, 3))

    def _places(self) -> None:
        sheet = self.book.sheet("place", "id name address search is_remote")
        for number in range(1, self.house.places + 1):
            name, where = (
                f"Salle {number}, {TOWNS[number]}",
                f"{number} rue des Tilleuls, 33000 Bordeaux",
            )
            sheet.add((number, name, where, plain(f"{name} {where}"), False))

    def _trainers(self) -> None:
        sheet = self.book.sheet("trainer", "id first_name last_name email search status titles")
        skills = self.book.sheet("trainer_skill", "id trainer_id skill shown_by checked_on")
        for number in range(1, self.size.trainers + 1):
            first, last = person(self.random) if number > 1 else ("Claire", "Vasseur")
            email = address(first, last, number)
            sheet.add(
                (
                    number,
                    first,
                    last,
                    email,
                    plain(f"{last} {first} {email}"),
                    "employee",
                    "Master 2",
                )
            )
            for skill in ("Animation participative", "Ingénierie de formation"):
                skills.add(
                    (
                        skills.key(),
                        number,
                        skill,
                        "Diplôme et références",
                        self.long_ago.isoformat(),
                    )
                )
            self.prove("trainer-skills", ("trainer", number), f"Compétences de {first} {last}")
            self.house.trainers.append(f"{first} {last}")

    def _programmes(self) -> None:
        sheet = self.book.sheet("programme", PROGRAMME)
        versions = self.book.sheet("programme_version", VERSION)
        year_ago = self.today - timedelta(days=365)
        for number in range(1, self.size.programmes + 1):
            subject = TITLES[(number - 1) % len(TITLES)]
            title = (
                subject
                if number <= len(TITLES)
                else f"{subject}, niveau {number // len(TITLES) + 1}"
            )
            reference, slug = f"F{number:03d}", f"formation-{number}"
            sheet.add(
                (
                    sheet.key(),
                    reference,
                    slug,
                    title,
                    plain(f"{title} {reference}"),
                    True,
                    None,
                    moment(self.long_ago),
                )
            )
            keys = []
            for rank, since, until in ((1, self.long_ago, year_ago), (2, year_ago, None)):
                key = versions.key()
                keys.append(key)
                versions.add(version_row(key, number, rank, title, since, until))
                self.prove("published-programme", ("programme", key), f"{title}, version {rank}")
            self.house.programmes.append(
                Programme(number, reference, slug, title, (keys[0], keys[1]))
            )

    def _clients(self) -> None:
        sheet = self.book.sheet(
            "client", "id name kind siret address postcode city search created_at"
        )
        contacts = self.book.sheet("client_contact", "id client_id name quality email signs")
        for number in range(1, self.size.clients + 1):
            name, kind = ORGANISATIONS[number % len(ORGANISATIONS)]
            town = TOWNS[number % len(TOWNS)].replace("-", " ")
            name = f"{name.format(town=town)} {number}"
            siret = f"{73282932000000 + number}"
            sheet.add(
                (number, name, kind, siret, "1 place de la République", f"{16000 + number % 900}",
                 town, plain(f"{name} {town} {siret}"), moment(self.long_ago))
            )  # fmt: skip
            first, last = person(self.random)
            contacts.add(
                (
                    contacts.key(),
                    number,
                    f"{first} {last}",
                    "directrice",
                    address(first, last, number),
                    True,
                )
            )
            self.house.clients.append((name, True))

    def _trainees(self) -> None:
        sheet = self.book.sheet("trainee", "id first_name last_name email search job created_at")
        made = moment(self.long_ago)
        for number in range(1, self.size.trainees + 1):
            first, last = person(self.random)
            email = address(first, last, number)
            sheet.add(
                (
                    number,
                    first,
                    last,
                    email,
                    plain(f"{last} {first} {email}"),
                    "chargée de coopération",
                    made,
                )
            )
            self.house.trainees.append((f"{first} {last}", email))
            if number % 20_000 == 0:
                self.book.flush()


PROGRAMME = "id reference slug title search is_public adapted_from_id created_at"
VERSION = (
    "id programme_id number title search summary audience prerequisites objectives contents "
    "duration_minutes days modality methods means assessment monitoring recognition price "
    "price_details financing access_delay access_terms accessibility contact required_skills "
    "created_at created_by published_at published_by in_force_from superseded_at"
)
_CONTENTS = as_json(
    [{"day": day, "title": f"Jour {day}", "points": list(THEMES)} for day in (1, 2)]
)


def version_row(
    key: int, programme: int, number: int, title: str, since: date, until: date | None
) -> tuple[object, ...]:
    """A published version, complete."""
    audience = "Chargés et chargées de coopération d’un département."
    return (
        key, programme, number, title, plain(f"{title} {audience} {PARAGRAPH}")[:500], PARAGRAPH,
        audience, "Aucun", as_json(OBJECTIVES), _CONTENTS, 840, 2, "in-person", PARAGRAPH,
        "Salle équipée, supports remis.", "Étude de cas évaluée objectif par objectif.",
        "Émargement par demi-journée.", "attestation", 480_000, "Exonéré de TVA.",
        "Budget de formation de la collectivité.", "Six semaines avant le premier jour.",
        "Sur demande écrite, après un entretien.", "Locaux accessibles ; référent à l’écoute.",
        "contact@example.org, 05 56 00 00 00", as_json(["Animation participative"]),
        moment(since, "08:00"), BY, moment(since, "08:00"), BY, since.isoformat(),
        moment(until, "00:00") if until else None,
    )  # fmt: skip
