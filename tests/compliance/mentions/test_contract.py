from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.mentions import most_payable, withdrawal

PRICES = st.decimals(0, 20_000, places=2)


@pytest.mark.parametrize(
    ("signed_on", "at_a_distance", "days", "last_day"),
    [
        (date(2026, 11, 2), False, 10, date(2026, 11, 12)),
        (date(2026, 11, 4), False, 10, date(2026, 11, 14)),  # a Saturday: no extension known
        (date(2026, 11, 2), True, 14, date(2026, 11, 16)),
        (date(2026, 11, 7), True, 14, date(2026, 11, 23)),  # from Saturday to Monday
        (date(2026, 11, 8), True, 14, date(2026, 11, 23)),  # from Sunday to Monday
        (date(2026, 2, 20), False, 10, date(2026, 3, 2)),
    ],
)
def test_delays(signed_on: date, at_a_distance: bool, days: int, last_day: date) -> None:
    found = withdrawal(signed_on, at_a_distance=at_a_distance)
    assert (found.days, found.last_day) == (days, last_day)
    assert found.payment_from == last_day + timedelta(days=1)
    assert found.is_open_on(signed_on)
    assert found.is_open_on(last_day)
    assert not found.is_open_on(found.payment_from)
    assert found.citations
    assert found.is_provisional is at_a_distance


@pytest.mark.parametrize(
    ("on", "held", "amount"),
    [
        (date(2026, 11, 12), 0, "0.00"),
        (date(2026, 11, 13), 0, "300.00"),
        (date(2026, 11, 13), 420, "650.00"),
        (date(2026, 12, 1), 840, "1000.00"),
        (date(2026, 12, 1), 9999, "1000.00"),
    ],
)
def test_what_may_be_asked(on: date, held: int, amount: str) -> None:
    delay = withdrawal(date(2026, 11, 2), at_a_distance=False)
    found = most_payable(Decimal(1000), delay, on=on, held_minutes=held, planned_minutes=840)
    assert found == Decimal(amount)


@given(PRICES, st.integers(0, 900), st.integers(1, 900))
def test_never_more_than_the_price_and_never_less_than_thirty_percent(price, held, planned) -> None:
    delay = withdrawal(date(2026, 11, 2), at_a_distance=True)
    found = most_payable(
        price, delay, on=delay.payment_from, held_minutes=held, planned_minutes=planned
    )
    assert price * Decimal("0.3") - Decimal("0.01") < found <= price
    if held >= planned:
        assert found == price


@pytest.mark.parametrize(("price", "held", "planned"), [(-1, 0, 1), (1, -1, 1), (1, 0, 0)])
def test_nonsense_is_refused(price: int, held: int, planned: int) -> None:
    delay = withdrawal(date(2026, 11, 2), at_a_distance=True)
    with pytest.raises(ValueError, match="positive"):
        most_payable(
            Decimal(price),
            delay,
            on=delay.payment_from,
            held_minutes=held,
            planned_minutes=planned,
        )
