"""One cohort as it went: its facts, drawn at random from a seed, and what the rules expect of it.

Nothing here touches a database. The rules are the real ones (`compliance`), so that what is missing
in the measured organisation is what would be missing in life.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from admin_app.core.formatting import day_long
from benchmarks.data.house import House, Programme
from benchmarks.sizes import SEED
from compliance.attendance import MarkFacts, hours_of
from compliance.attendance.hours import concerns
from compliance.coverage import PieceCoverage, assess, match
from compliance.expectations import Expectation, Piece, catalogue, expectations_of
from compliance.facts import (
    AbsenceFacts,
    AccommodationFacts,
    AdaptationFacts,
    ClientFacts,
    CohortFacts,
    EnrolmentFacts,
    EvidenceFact,
    HalfDayFacts,
    TrainerFacts,
)
from compliance.vocabulary import (
    Departure,
    HalfDayPeriod,
    MarkState,
    Modality,
    Outcome,
    ScopeKind,
)

PARIS = ZoneInfo("Europe/Paris")
HOURS = {
    HalfDayPeriod.MORNING: (time(9), time(12, 30)),
    HalfDayPeriod.AFTERNOON: (time(13, 30), time(17)),
}
MINUTES = 210
LENGTHS, LENGTH_WEIGHTS = (1, 2, 3, 4, 5), (15, 45, 20, 12, 8)
STATES = (MarkState.PRESENT, MarkState.LATE, MarkState.LEFT_EARLY, MarkState.ABSENT)
STATE_WEIGHTS = (93, 3, 1, 3)
Key = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Keys:
    """Where the keys of new rows come from."""

    half_day: Key
    enrolment: Key
    assignment: Key
    sponsor: Key
    mark: Key
    adaptation: Key
    accommodation: Key
    evidence: Key
    programme: Key
    version: Key


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided of a cohort before chance has its say (0: let chance decide)."""

    number: int
    starts_on: date | None = None
    days: int = 0
    trainees: int = 0
    trainer: int = 0


@dataclass(slots=True)
class Story:
    """A cohort, and all that is true of it today.

    `people`: enrolment -> trainee, name, e-mail. `adapted`: the programme made for the client and
    its version.
    """

    facts: CohortFacts
    programme: Programme
    sponsors: list[tuple[int, int]]
    people: dict[int, tuple[int, str, str]]
    remote: bool
    adapted: tuple[int, int] | None = None
    marks: list[MarkFacts] = field(default_factory=list)
    mark_keys: dict[tuple[int, int], int] = field(default_factory=dict)
    closed: frozenset[int] = frozenset()
    pieces: list[PieceCoverage] = field(default_factory=list)


class Teller:
    """Tells the story of one cohort after the other."""

    def __init__(self, house: House, keys: Keys) -> None:
        self.house, self.keys, self.today = house, keys, house.today
        self.yesterday = house.today - timedelta(days=1)
        self.next_trainee = 0

    def tell(self, plan: Plan) -> Story:
        """The story of the cohort of that number, the same at each run."""
        self.random = Random(f"{SEED}/{plan.number}")
        self.plan = plan
        story = self._outline()
        self._attend(story)
        self._expect(story)
        return story

    # Who and when

    def _outline(self) -> Story:
        random, plan = self.random, self.plan
        days = plan.days or random.choices(LENGTHS, LENGTH_WEIGHTS)[0]
        starts_on = plan.starts_on or self._start(days)
        programme = random.choice(self.house.programmes)
        version = programme.version_on(starts_on, self.today)
        remote = plan.starts_on is None and random.random() < 0.12
        sponsors = self._sponsors()
        entered = min(starts_on - timedelta(days=60), self.today - timedelta(days=3))
        people: dict[int, tuple[int, str, str]] = {}
        facts = CohortFacts(
            key=plan.number,
            reference=f"{programme.reference}-{starts_on.year}-{plan.number:05d}",
            title=programme.title,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=days - 1),
            modality=Modality.REMOTE if remote else Modality.IN_PERSON,
            standard_programme_key=version,
            programme_key=version,
            created_on=entered,
            half_days=self._half_days(starts_on, days, remote),
            trainers=self._trainers(),
            clients=tuple(
                ClientFacts(key=key, name=self.house.clients[client - 1][0])
                for key, client in sponsors
            ),
        )
        enrolments = self._enrolments(facts, sponsors, people)
        facts = replace(facts, enrolments=enrolments, adaptations=self._adaptations(facts))
        adapted = None
        if any(one.accepted for one in facts.adaptations):
            adapted = self.keys.programme(), self.keys.version()
            facts = replace(facts, programme_key=adapted[1])
        return Story(facts, programme, sponsors, people, remote, adapted)

    def _start(self, days: int) -> date:
        fate = self.random.random()
        if fate < 0.10:
            start = self.today + timedelta(days=self.random.randint(1, 120))
        elif fate < 0.12:
            start = self.today - timedelta(days=self.random.randrange(days))
        else:
            start = self.today - timedelta(days=days + self.random.randrange(900))
        late_in_week = start.weekday() + days - 5
        return start - timedelta(days=late_in_week) if late_in_week > 0 else start

    def _half_days(self, start: date, days: int, remote: bool) -> tuple[HalfDayFacts, ...]:
        return tuple(
            HalfDayFacts(
                key=self.keys.half_day(),
                day=day,
                period=period,
                starts_at=datetime.combine(day, begin, PARIS).astimezone(UTC),
                ends_at=datetime.combine(day, end, PARIS).astimezone(UTC),
                minutes=MINUTES,
                remote=remote,
                label=f"{day_long(day)}, {period.label}",
            )
            for day in (start + timedelta(days=rank) for rank in range(days))
            for period, (begin, end) in HOURS.items()
        )

    def _trainers(self) -> tuple[TrainerFacts, ...]:
        names = self.house.trainers
        first = self.plan.trainer or self.random.randint(1, len(names))
        chosen = [first]
        if self.random.random() < 0.15 and len(names) > 1:
            chosen.append(first % len(names) + 1)
        return tuple(
            TrainerFacts(key=key, assignment_key=self.keys.assignment(), name=names[key - 1])
            for key in chosen
        )

    def _sponsors(self) -> list[tuple[int, int]]:
        several = self.random.choices((1, 2, 3), (80, 14, 6))[0]
        chosen = self.random.sample(range(1, len(self.house.clients) + 1), several)
        return [(self.keys.sponsor(), client) for client in chosen]

    def _enrolments(
        self, facts: CohortFacts, sponsors: list[tuple[int, int]], people: dict[int, Any]
    ) -> tuple[EnrolmentFacts, ...]:
        entered = min(facts.starts_on - timedelta(days=30), self.today - timedelta(days=2))
        return tuple(
            self._enrolment(facts, entered, sponsors, people)
            for _ in range(self.plan.trainees or self.random.randint(6, 18))
        )

    def _enrolment(
        self,
        facts: CohortFacts,
        entered: date,
        sponsors: list[tuple[int, int]],
        people: dict[int, Any],
    ) -> EnrolmentFacts:
        random, key = self.random, self.keys.enrolment()
        trainee = self.next_trainee % len(self.house.trainees)
        self.next_trainee += 1
        name, email = self.house.trainees[trainee]
        people[key] = (trainee + 1, name, email)
        pays = random.random() < 0.04
        asked = facts.starts_on - timedelta(days=15)
        has_asked = random.random() < 0.015 and asked <= self.yesterday
        departure, left_on = self._departure(facts)
        return EnrolmentFacts(
            key=key,
            name=name,
            enrolled_on=entered,
            left_on=left_on,
            departure=departure,
            client_key=None if pays else random.choice(sponsors)[1],
            pays_personally=pays,
            accommodations=self._asked(max(asked, entered)) if has_asked else (),
        )

    def _asked(self, day: date) -> tuple[AccommodationFacts, ...]:
        return (AccommodationFacts(key=self.keys.accommodation(), received_on=day),)

    def _departure(self, facts: CohortFacts) -> tuple[Departure | None, date | None]:
        fate = self.random.random()
        if fate < 0.015 and facts.starts_on - timedelta(days=3) <= self.yesterday:
            return Departure.WITHDRAWN_BEFORE, facts.starts_on - timedelta(days=3)
        second = facts.starts_on + timedelta(days=1)
        if fate > 0.99 and second <= min(facts.ends_on, self.yesterday):
            return Departure.DROPOUT, second
        return None, None

    def _adaptations(self, facts: CohortFacts) -> tuple[AdaptationFacts, ...]:
        received = facts.starts_on - timedelta(days=50)
        if self.plan.starts_on or self.random.random() > 0.04 or received > self.yesterday:
            return ()
        key = self.keys.adaptation()
        accepted = None if received > self.today - timedelta(days=5) else True
        label = f"demande AD-{key:06d} de {facts.clients[0].name}"
        return (AdaptationFacts(key=key, label=label, received_on=received, accepted=accepted),)

    # What happened

    def _attend(self, story: Story) -> None:
        facts, random = story.facts, self.random
        closed = set()
        for half_day in facts.half_days:
            if half_day.day > self.yesterday:
                break
            self._mark(story, half_day)
            recent = half_day.day > self.today - timedelta(days=4)
            if random.random() < (0.9 if recent else 0.995):
                closed.add(half_day.key)
        story.closed = frozenset(closed)
        hours = hours_of(facts, story.marks, story.closed)
        attended = {one.enrolment_key: one.attended for one in hours.trainees}
        absences = self._absences(story)
        story.facts = replace(
            facts,
            enrolments=tuple(
                replace(
                    one,
                    attended_minutes=attended.get(one.key),
                    absences=tuple(absences.get(one.key, ())),
                )
                for one in facts.enrolments
            ),
        )

    def _mark(self, story: Story, half_day: HalfDayFacts) -> None:
        here = [one for one in story.facts.enrolments if concerns(story.facts, one, half_day)]
        states = self.random.choices(STATES, STATE_WEIGHTS, k=len(here))
        for enrolment, state in zip(here, states, strict=True):
            story.mark_keys[half_day.key, enrolment.key] = self.keys.mark()
            story.marks.append(
                MarkFacts(
                    half_day_key=half_day.key,
                    enrolment_key=enrolment.key,
                    state=state,
                    minutes_late=20 if state is MarkState.LATE else 0,
                    minutes_early=30 if state is MarkState.LEFT_EARLY else 0,
                )
            )

    def _absences(self, story: Story) -> dict[int, list[AbsenceFacts]]:
        half_days = {one.key: one for one in story.facts.half_days}
        found: dict[int, list[AbsenceFacts]] = {}
        for mark in story.marks:
            if mark.state is MarkState.ABSENT:
                half_day = half_days[mark.half_day_key]
                found.setdefault(mark.enrolment_key, []).append(
                    AbsenceFacts(
                        key=story.mark_keys[half_day.key, mark.enrolment_key],
                        day=half_day.day,
                        label=half_day.label,
                        reason_known=self.random.random() < 0.95,
                        half_day_key=half_day.key,
                    )
                )
        return found

    # What is expected, and what is there

    def _expect(self, story: Story) -> None:
        book, shared = catalogue(), self.today - timedelta(days=4 * 365)
        reasons = {
            absence.key: absence.reason_known
            for enrolment in story.facts.enrolments
            for absence in enrolment.absences
        }
        expected = expectations_of(story.facts)
        evidence = []
        for one in expected:
            if one.scope_kind in (ScopeKind.PROGRAMME, ScopeKind.TRAINER):
                evidence.append(self._piece(one, shared))  # the house has it, for long
            elif one.scope_kind is ScopeKind.MARK:
                if reasons[one.scope_key]:
                    evidence.append(self._piece(one, one.due_on - timedelta(days=2)))
            elif one.scope_kind is ScopeKind.HALF_DAY:
                if one.scope_key in story.closed:
                    evidence.append(self._piece(one, one.due_on - timedelta(days=1)))
            elif day := self._day(one, book.piece(one.piece), story.facts):
                evidence.append(self._piece(one, day, book.piece(one.piece)))
        story.pieces = assessed(expected, evidence, self.today)

    def _day(self, one: Expectation, piece: Piece, facts: CohortFacts) -> date | None:
        """The day on which the piece was obtained; None when it is not there."""
        if self.random.random() > self._chance(one.due_on):
            return None
        limit = one.must_occur_by
        day = min(one.due_on, limit or one.due_on, self.yesterday)
        if limit and self.random.random() < 0.006:
            day = limit + timedelta(days=3)  # too late, and it shows
        if one.must_not_occur_before:
            day = max(day, one.must_not_occur_before)
        if piece.anchor == "end":
            day = max(day, facts.ends_on)
        return day if day <= self.yesterday else None

    def _chance(self, due_on: date) -> float:
        days = (due_on - self.today).days
        if days < 0:
            return 0.988 if days < -30 else 0.9
        return 0.7 if days <= 7 else 0.35 if days <= 30 else 0.1

    def _piece(self, one: Expectation, day: date, piece: Piece | None = None) -> EvidenceFact:
        tried = piece is not None and piece.tried_counts and self.random.random() < 0.01
        is_shared = one.scope_kind in (ScopeKind.PROGRAMME, ScopeKind.TRAINER)
        return EvidenceFact(
            key=0 if is_shared else self.keys.evidence(),
            piece=one.piece,
            scope_kind=one.scope_kind,
            scope_key=one.scope_key,
            occurred_on=day,
            recorded_at=datetime.combine(day, time(16), UTC),
            outcome=Outcome.TRIED if tried else Outcome.OBTAINED,
        )


def assessed(
    expected: Iterable[Expectation], evidence: Iterable[EvidenceFact], today: date
) -> list[PieceCoverage]:
    """The state of each expected piece today, by the engine."""
    book = catalogue()
    return [assess(one, book, today, PARIS) for one in match(expected, evidence)]
