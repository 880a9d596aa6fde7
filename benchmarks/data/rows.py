"""The rows of one cohort, from its story."""

from datetime import date, timedelta
from functools import cache

from admin_app.core.search import plain
from admin_app.coverage.operations import editions_served, row_values
from benchmarks.data.house import BY, House, version_row
from benchmarks.data.ledgers import Ledgers
from benchmarks.data.sheets import as_json, instant, moment
from benchmarks.data.story import MINUTES, Story
from benchmarks.data.traces import Traces
from benchmarks.data.words import PARAGRAPH, THEMES
from compliance.coverage import PieceCoverage
from compliance.expectations import catalogue
from compliance.facts import ActionFacts, action_of
from compliance.referentiel import applicable, load
from compliance.vocabulary import MarkState

STROKES = as_json([[[20, 90], [60, 20], [90, 95], [130, 30], [170, 85]], [[30, 60], [180, 55]]])
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


class CohortRows:
    """Writes stories into the sheets."""

    def __init__(self, ledgers: Ledgers, house: House, document_sha256: str) -> None:
        self.to, self.house = ledgers, house
        self.traces = Traces(ledgers, house, document_sha256)
        self.now = moment(house.today, "00:00")

    def write(self, story: Story) -> None:
        """All the rows of that cohort."""
        self._cohort(story)
        self._enrolments(story)
        self._attendance(story)
        self._adaptation(story)
        self.traces.begin(story)
        action = action_of(story.facts)
        for piece in story.pieces:
            self._expectation(story.facts.key, action, piece)
            for fact in piece.evidence:
                if fact.key:
                    self.traces.leave(piece.expectation, fact)
        self.traces.send_what_waits(story)

    def _cohort(self, story: Story) -> None:
        facts, to = story.facts, self.to
        entered = moment(facts.created_on or facts.starts_on)
        to.cohort.add(
            (facts.key, facts.reference, facts.title, plain(f"{facts.reference} {facts.title}"),
             facts.programme_key, facts.standard_programme_key, facts.starts_on.isoformat(),
             facts.ends_on.isoformat(), facts.modality.value,
             None if story.remote else facts.key % self.house.places + 1,
             "https://visio.example.org/salle" if story.remote else "", entered, BY)
        )  # fmt: skip
        for rank, one in enumerate(facts.half_days):
            to.half_day.add(
                (one.key, facts.key, one.day.isoformat(), one.period.value, instant(one.starts_at),
                 instant(one.ends_at), MINUTES, one.remote, THEMES[rank % len(THEMES)])
            )  # fmt: skip
        for trainer in facts.trainers:
            to.assignment.add((trainer.assignment_key, facts.key, trainer.key, entered))
        for key, client in story.sponsors:
            to.sponsor.add((key, facts.key, client, 480_000, client, entered))
        self.traces.tell(facts.key, "cohorts.create", facts.created_on or facts.starts_on,
                         ("cohort", facts.key), f"Session {facts.reference} créée.")  # fmt: skip

    def _enrolments(self, story: Story) -> None:
        facts = story.facts
        clients = dict(story.sponsors)
        names = {clients[one.key]: one.name for one in facts.clients}
        for one in facts.enrolments:
            trainee, name, _ = story.people[one.key]
            left = one.left_on.isoformat() if one.left_on else None
            reason = "Changement de poste" if one.departure else ""
            self.to.enrolment.add(
                (one.key, facts.key, trainee, one.client_key, names.get(one.client_key or 0, ""),
                 one.pays_personally, moment(one.enrolled_on, "08:00"), left,
                 moment(one.left_on) if one.left_on else None,
                 one.departure.value if one.departure else "", reason)
            )  # fmt: skip
            self.traces.tell(facts.key, "cohorts.enrol", one.enrolled_on, ("enrolment", one.key),
                             f"{name} inscrit à la session {facts.reference}.")  # fmt: skip
            for asked in one.accommodations:
                self._accommodation(asked.key, one.key, asked.received_on)

    def _accommodation(self, key: int, enrolment: int, received: date) -> None:
        self.to.accommodation.add(
            (key, enrolment, moment(received, "08:00"), "Être placé près de l’écran.", "",
             True, "decided", "Place réservée près de l’écran.", moment(received), "Paul Ribeiro",
             "[]")
        )  # fmt: skip

    def _attendance(self, story: Story) -> None:
        facts, to = story.facts, self.to
        days = {one.key: one.day for one in facts.half_days}
        reasons = {
            absence.key: "Arrêt de travail"
            for enrolment in facts.enrolments
            for absence in enrolment.absences
            if absence.reason_known
        }
        trainer = facts.trainers[0]
        tally: dict[int, list[int]] = {one.key: [0, 0] for one in facts.half_days}
        for mark in story.marks:
            half_day, enrolment = mark.half_day_key, mark.enrolment_key
            key, day = story.mark_keys[half_day, enrolment], days[half_day].isoformat()
            absent = mark.state is MarkState.ABSENT
            to.mark.add(
                (key, half_day, enrolment, mark.state.value, mark.minutes_late,
                 mark.minutes_early, reasons.get(key, ""), f"{day} 07:10:00.000000", trainer.name)
            )  # fmt: skip
            tally[half_day][absent] += 1
            if not absent:
                at = f"{day} 07:{12 + enrolment % 40}:00.000000"
                to.signature.add(
                    (to.signature.key(), half_day, enrolment, None, "drawn", "link", "", STROKES,
                     at, "192.0.2.7", PHONE)
                )  # fmt: skip
                self.traces.note(facts.key, "attendance.sign", at, ("half-day", half_day),
                                 f"{story.people[enrolment][1]} a signé.")  # fmt: skip
        for half_day in sorted(story.closed):
            self._closing(story, half_day, days[half_day].isoformat(), *tally[half_day])

    def _closing(self, story: Story, half_day: int, day: str, present: int, absent: int) -> None:
        to, at = self.to, f"{day} 15:45:00.000000"
        for trainer in story.facts.trainers:
            to.signature.add(
                (to.signature.key(), half_day, None, trainer.assignment_key, "typed", "account",
                 trainer.name, "[]", at, "192.0.2.8", PHONE)
            )  # fmt: skip
        name = story.facts.trainers[0].name
        to.closing.add((to.closing.key(), half_day, at, name, present, absent))
        self.traces.note(story.facts.key, "attendance.close", at, ("half-day", half_day),
                         f"Demi-journée close par {name}.")  # fmt: skip

    def _adaptation(self, story: Story) -> None:
        facts, to = story.facts, self.to
        for one in facts.adaptations:
            reference = f"AD-{one.key:06d}"
            name = facts.clients[0].name
            received = moment(one.received_on, "08:00")
            decided = moment(one.received_on + timedelta(days=4)) if one.accepted else None
            to.request.add(
                (one.key, reference, plain(f"{name} {reference} Sophie Delorme"),
                 facts.standard_programme_key, story.sponsors[0][1], facts.key, name,
                 "Sophie Delorme", "demande@example.org", PARAGRAPH, PARAGRAPH, PARAGRAPH,
                 "accepted" if one.accepted else "analysed", received,
                 (one.received_on + timedelta(days=7)).isoformat(), decided,
                 BY if decided else "", "Possible aux dates demandées." if decided else "",
                 story.adapted[1] if story.adapted else None)
            )  # fmt: skip
            to.adaptation.add(
                (to.adaptation.key(), one.key, "Cas pratiques du territoire", None, None, "")
            )
        if story.adapted:
            self._adapted_programme(story, *story.adapted)

    def _adapted_programme(self, story: Story, programme: int, version: int) -> None:
        title = f"{story.facts.title} (version adaptée)"[:200]
        reference, made = f"FA{programme:06d}", story.facts.starts_on - timedelta(days=30)
        made = min(made, self.house.today - timedelta(days=1))
        self.to.programme.add(
            (programme, reference, f"formation-adaptee-{programme}", title,
             plain(f"{title} {reference}"), False, story.facts.standard_programme_key, moment(made))
        )  # fmt: skip
        self.to.version.add(version_row(version, programme, 1, title, made, None))

    def _expectation(self, cohort: int, action: ActionFacts, piece: PieceCoverage) -> None:
        sheet = self.to.expectation
        editions = _editions(piece.expectation.piece, action)
        values = row_values(cohort, piece, editions, catalogue())
        said = (one.isoformat() if isinstance(one, date) else one for one in values)
        sheet.add((sheet.key(), *said, self.now))


@cache
def _editions(piece: str, action: ActionFacts) -> str:
    return editions_served(piece, _requirements(action))


@cache
def _requirements(action: ActionFacts) -> dict[str, frozenset[str]]:
    return {
        edition.key: frozenset(one.key for one in applicable(edition, action).applicable)
        for edition in load().editions
    }
