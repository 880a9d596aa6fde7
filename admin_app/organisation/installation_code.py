"""The one-time code of the first run: whoever can read the instance folder may install, no other.

Between the first start and the first run the page stands open to whoever finds the address. The
code is a file that its owner alone can read; `flask doctor` shows it; the first run removes it.
"""

import hmac
import os
import secrets
from pathlib import Path

from flask import current_app

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, GROUP = 3, 4


def path() -> Path:
    """The file of the code."""
    instance: Path = current_app.config["SETTINGS"].instance
    return instance / "installation-code"


def current() -> str:
    """The code of this installation, made when it is first asked for: « ABCD-EFGH-JKLM »."""
    try:
        return path().read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    try:
        descriptor = os.open(path(), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:  # another process was first
        return path().read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(code)
    return code


def is_right(typed: str) -> bool:
    """Whether that is the code, whatever its capitals, spaces and dashes."""
    return hmac.compare_digest(_bare(typed).encode(), _bare(current()).encode())


def forget() -> None:
    """The first run is done: the code opens nothing any more."""
    path().unlink(missing_ok=True)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())
