"""Slowing guesses down: after a few failures the next try must wait, longer each time.

For one address: five free tries, then 1 minute, 2, 4… up to 2 hours, hence at most some twenty
tries in 24 hours, as the CNIL asks when a password stands alone. It counts per typed address,
known or not, so that it tells nothing. For one network address (a whole office may share it) the
count starts later. Addresses are kept as keyed hashes, for 24 hours.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, delete, func, select

from admin_app.accounts.models import SignInAttempt
from admin_app.core.database import db
from admin_app.core.transaction import act

WINDOW = timedelta(hours=24)
FREE_FOR_ADDRESS, FREE_FOR_NETWORK = 5, 40
LONGEST_FOR_ADDRESS, LONGEST_FOR_NETWORK = timedelta(hours=2), timedelta(minutes=30)


def address_hash(email: str) -> str:
    """How an address is remembered here: not readable without the key of the installation."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, email.strip().lower().encode(), hashlib.sha256).hexdigest()


def must_wait(email: str, ip: str, at: datetime) -> timedelta:
    """How long until that address, from there, may try again; zero when it may now."""
    for_address = _wait(
        SignInAttempt.email_hash == address_hash(email), at, FREE_FOR_ADDRESS, LONGEST_FOR_ADDRESS
    )
    for_network = _wait(SignInAttempt.ip == ip, at, FREE_FOR_NETWORK, LONGEST_FOR_NETWORK)
    return max(for_address, for_network if ip else timedelta(0))


@act
def note_failure(email: str, ip: str, at: datetime) -> None:
    """Remember a failed try, and forget those of more than a day."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at <= at - WINDOW))
    db.session.add(SignInAttempt(email_hash=address_hash(email), ip=ip, at=at))


@act
def forget_failures(email: str) -> None:
    """Forget the failures of that address: its owner has proved to be there."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.email_hash == address_hash(email)))


def _wait(whose: ColumnElement[bool], at: datetime, free: int, longest: timedelta) -> timedelta:
    count, last = db.session.execute(
        select(func.count(), func.max(SignInAttempt.at)).where(
            whose, SignInAttempt.at > at - WINDOW
        )
    ).one()
    if count < free:
        return timedelta(0)
    pause = min(longest, timedelta(minutes=1) * 2 ** min(count - free, 12))
    left: timedelta = last + pause - at
    return max(timedelta(0), left)
