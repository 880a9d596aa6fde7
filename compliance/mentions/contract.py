"""The contract of a person who pays: withdrawal delay, and what may be asked when.

L. 6353-5: ten days from the signature; fourteen when concluded at a distance or off the
premises (code de la consommation). L. 6353-6: nothing is due before the delay expires, then
at most 30 %; the balance is spread as the training proceeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from compliance.citations import Citation
from compliance.values import load_values, value_on

_TEN = "agreement-withdrawal-days"
_FOURTEEN = "distance-withdrawal-days"
_CAP = "first-payment-cap"
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The delay to withdraw from a contract.

    ``days`` long; ``last_day`` is the last on which the person may withdraw, inclusive;
    ``payment_from`` the first on which a sum may be asked. ``is_provisional`` when a text
    behind it was not read again.
    """

    days: int
    signed_on: date
    last_day: date
    payment_from: date
    citations: tuple[Citation, ...]

    @property
    def is_provisional(self) -> bool:
        """True when one of the texts is known through a secondary source only."""
        return any(citation.provisional for citation in self.citations)

    def is_open_on(self, day: date) -> bool:
        """True when the person may still withdraw on ``day``."""
        return self.signed_on <= day <= self.last_day


def withdrawal(signed_on: date, *, at_a_distance: bool) -> Withdrawal:
    """The withdrawal delay of a contract signed on ``signed_on``.

    The day of signature does not count. At a distance, a delay that ends on a Saturday or a
    Sunday runs to the next Monday (public holidays are not known here).
    """
    key = _FOURTEEN if at_a_distance else _TEN
    days = value_on(key, signed_on)
    last_day = signed_on + timedelta(days=days)
    while at_a_distance and last_day.weekday() >= _SATURDAY:
        last_day += timedelta(days=1)
    return Withdrawal(
        days, signed_on, last_day, last_day + timedelta(days=1), load_values()[key].citations
    )


def most_payable(
    price: Decimal,
    delay: Withdrawal,
    *,
    on: date,
    held_minutes: int,
    planned_minutes: int,
) -> Decimal:
    """The most that may have been asked by ``on``, in euros rounded down to the cent.

    Nothing before the delay expires; then 30 % of the price; then the balance in proportion
    of the teaching held (minutes held out of minutes planned). ``ValueError`` for negative
    amounts or minutes, or when nothing is planned.
    """
    if price < 0 or held_minutes < 0 or planned_minutes <= 0:
        raise ValueError("price, held_minutes and planned_minutes must be positive")
    if on < delay.payment_from:
        return Decimal("0.00")
    first = price * value_on(_CAP, delay.signed_on) / 100
    done = Decimal(min(held_minutes, planned_minutes)) / planned_minutes
    return (first + (price - first) * done).quantize(Decimal("0.01"), ROUND_DOWN)
