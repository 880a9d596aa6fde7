"""What a check says."""

from dataclasses import asdict, dataclass

from flask import current_app

from admin_app.core.config import Settings


@dataclass(frozen=True, slots=True)
class Check:
    """What one check saw. `ok` is False only for what must be mended."""

    name: str
    ok: bool
    message: str

    def as_json(self) -> dict[str, object]:
        """The same, for programs."""
        return asdict(self)


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def reason(error: Exception) -> str:
    """The first line of what went wrong, short enough for a sentence."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
