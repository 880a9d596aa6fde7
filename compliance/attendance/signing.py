"""Who may sign a half-day and when; what is a regularisation; what prevents closing.

Nobody signs before the start; the trainer signs last; a late signature is flagged with its
reason and its true time, never backdated (CAA Nantes, 20 April and 1 June 2021; R. 6313-3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from compliance.attendance.hours import concerns
from compliance.attendance.model import MarkFacts, Problem, SignatureFacts
from compliance.facts import CohortFacts, EnrolmentFacts, HalfDayFacts
from compliance.values import value_on
from compliance.wording import NBSP, clock_words, day_words, some_names


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: a trainee (key of the enrolment) or a trainer (key of ``TrainerFacts``)."""

    kind: Literal["trainee", "trainer"]
    key: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfDayState:
    """A half-day as it stands: its cohort, its marks and signatures, closed or not.

    ``zone`` is the organisation's, for the hours in messages.
    """

    cohort: CohortFacts
    half_day: HalfDayFacts
    marks: Sequence[MarkFacts] = ()
    signatures: Sequence[SignatureFacts] = ()
    is_closed: bool = False
    zone: tzinfo = UTC

    def expected(self) -> list[EnrolmentFacts]:
        """The trainees expected on this half-day, in the order of the cohort."""
        return [
            enrolment
            for enrolment in self.cohort.enrolments
            if concerns(self.cohort, enrolment, self.half_day)
        ]

    def mark_of(self, enrolment_key: int) -> MarkFacts | None:
        """The mark of a trainee on this half-day."""
        return next(
            (
                mark
                for mark in self.marks
                if mark.enrolment_key == enrolment_key and mark.half_day_key == self.half_day.key
            ),
            None,
        )

    def has_signed(self, who: Signer) -> bool:
        """True when that person's signature of this half-day is there."""
        return any(
            signature.half_day_key == self.half_day.key
            and who.key
            == (signature.enrolment_key if who.kind == "trainee" else signature.trainer_key)
            for signature in self.signatures
        )

    def unsigned(self) -> list[EnrolmentFacts]:
        """Trainees marked present, wholly or in part, who have not signed."""
        return [
            enrolment
            for enrolment in self.expected()
            if (mark := self.mark_of(enrolment.key)) is not None
            and mark.state.attends
            and not self.has_signed(Signer("trainee", enrolment.key))
        ]

    def unmarked(self) -> list[EnrolmentFacts]:
        """Trainees expected and not marked yet."""
        return [one for one in self.expected() if self.mark_of(one.key) is None]


def is_regularisation(
    half_day: HalfDayFacts,
    at: datetime,
    *,
    is_closed: bool = False,
    window_minutes: int | None = None,
) -> bool:
    """True when a signature given at ``at`` (UTC) comes after the fact: the half-day is closed,
    or ended more than ``window_minutes`` ago (default: the dated value in force that day)."""
    if window_minutes is None:
        window_minutes = value_on("signature-window-minutes", half_day.day)
    return is_closed or at > half_day.ends_at + timedelta(minutes=window_minutes)


def may_sign(
    state: HalfDayState,
    who: Signer,
    at: datetime,
    *,
    reason: str = "",
    window_minutes: int | None = None,
    leaves_unsigned: bool = False,
) -> tuple[Problem, ...]:
    """Why ``who`` may not sign at ``at`` (UTC); empty when the signature is received.

    After the window, or once closed for a trainee left unsigned, a signature is a
    regularisation and needs a ``reason``. ``leaves_unsigned``: the trainer knowingly signs
    while present trainees have not, who will regularise.
    """
    found = [*_belongs(state, who), *_in_time(state, at)]
    if found:
        return tuple(found)
    if state.has_signed(who):
        return (Problem("already-signed", "Cette demi-journée est déjà signée."),)
    found = (
        _trainee_may(state, who) if who.kind == "trainee" else _trainer_may(state, leaves_unsigned)
    )
    late = is_regularisation(
        state.half_day, at, is_closed=state.is_closed, window_minutes=window_minutes
    )
    if not found and late and not reason.strip():
        found.append(
            Problem(
                "reason-needed",
                f"Cette signature vient après coup{NBSP}: dites pourquoi. "
                "L’heure véritable sera conservée.",
            )
        )
    return tuple(found)


def _in_time(state: HalfDayState, at: datetime) -> list[Problem]:
    if state.half_day.cancelled:
        return [Problem("cancelled", "Cette demi-journée est annulée.")]
    if at < state.half_day.starts_at:
        start = state.half_day.starts_at.astimezone(state.zone)
        return [
            Problem(
                "too-early",
                f"La signature ouvre au début de la demi-journée, le {day_words(start.date())} "
                f"à {clock_words(start)}.",
            )
        ]
    return []


def _belongs(state: HalfDayState, who: Signer) -> list[Problem]:
    if who.kind == "trainee":
        is_theirs = any(enrolment.key == who.key for enrolment in state.expected())
        message = "Vous n’êtes pas inscrit à cette demi-journée."
    else:
        keys = state.half_day.trainer_keys or tuple(t.key for t in state.cohort.trainers)
        is_theirs = who.key in keys
        message = "Vous n’êtes pas le formateur de cette demi-journée."
    if is_theirs or state.half_day.cancelled:
        return []
    return [Problem("not-theirs", message)]


def _trainee_may(state: HalfDayState, who: Signer) -> list[Problem]:
    mark = state.mark_of(who.key)
    if mark is not None and not mark.state.attends:
        return [
            Problem(
                "marked-absent",
                "Vous êtes noté absent pour cette demi-journée. "
                f"Si c’est une erreur, prévenez le formateur{NBSP}: il peut la corriger.",
                who.key,
            )
        ]
    if state.is_closed and mark is None:
        return [_closed()]
    return []


def _trainer_may(state: HalfDayState, leaves_unsigned: bool) -> list[Problem]:
    if state.is_closed:
        return [_closed()]
    found = [_unmarked_problem(one) for one in state.unmarked()]
    if state.unsigned() and not leaves_unsigned:
        names = some_names([one.name for one in state.unsigned()])
        found.append(
            Problem(
                "trainer-signs-last",
                f"Le formateur signe en dernier. Il manque la signature de{NBSP}: {names}.",
            )
        )
    return found


def _closed() -> Problem:
    return Problem("closed", "Cette demi-journée est close, elle ne se signe plus.")


def _unmarked_problem(enrolment: EnrolmentFacts) -> Problem:
    return Problem(
        "unmarked",
        f"{enrolment.name} n’est pas encore pointé{NBSP}: présent, en retard, parti avant la "
        "fin ou absent.",
        enrolment.key,
    )


def closing_problems(
    state: HalfDayState, at: datetime, *, leaves_unsigned: bool = False
) -> tuple[Problem, ...]:
    """What prevents the trainer from closing the half-day at ``at`` (UTC); empty when nothing.

    Every expected trainee is marked; who is present has signed, or is knowingly left to
    regularise (``leaves_unsigned``); who is absent has not; a trainer has signed.
    """
    found = _in_time(state, at)
    if state.is_closed:
        found.append(Problem("closed", "Cette demi-journée est déjà close."))
    if found:
        return tuple(found)
    found.extend(_unmarked_problem(one) for one in state.unmarked())
    if not leaves_unsigned:
        found.extend(_unsigned_problem(one) for one in state.unsigned())
    found.extend(_signed_and_absent(state))
    trainers = state.half_day.trainer_keys or tuple(t.key for t in state.cohort.trainers)
    if not any(state.has_signed(Signer("trainer", key)) for key in trainers):
        found.append(Problem("trainer-unsigned", "Votre signature manque pour clore."))
    return tuple(found)


def _unsigned_problem(enrolment: EnrolmentFacts) -> Problem:
    return Problem(
        "unsigned",
        f"{enrolment.name} est noté présent et n’a pas signé{NBSP}: faites signer, corrigez le "
        "pointage, ou clôturez en laissant la signature à régulariser.",
        enrolment.key,
    )


def _signed_and_absent(state: HalfDayState) -> Iterable[Problem]:
    for enrolment in state.expected():
        mark = state.mark_of(enrolment.key)
        signed = state.has_signed(Signer("trainee", enrolment.key))
        if signed and mark is not None and not mark.state.attends:
            yield Problem(
                "signed-and-absent",
                f"{enrolment.name} a signé et est noté absent{NBSP}: corrigez le pointage.",
                enrolment.key,
            )
