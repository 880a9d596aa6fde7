"""Settings: from the environment (`LIASSE_…`) and `instance/config.toml`, all optional.

The environment wins over the file. `docs/settings.md` lists each one for people.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

ROOT = Path(__file__).resolve().parents[2]
DATABASE_SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
SMTP_SCHEMES = ("smtp", "smtps", "smtp+starttls")
UNSAFE_KEYS = frozenset({"", "dev", "changeme", "secret"})
SHORTEST_KEY = 32


class SettingsError(Exception):
    """A setting that cannot be used; the message names it and says what is expected."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation can choose. Empty means « the default of the house »."""

    instance: Path
    secret_key: str
    database_url: str = ""
    store_url: str = ""
    queue_url: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    public_url: str = ""
    max_upload_mb: int = 10
    session_minutes: int = 120
    proxies: int = 0
    log_level: str = "INFO"

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database, embedded by default."""
        if not self.database_url:
            return f"sqlite:///{self.instance / 'liasse.sqlite'}"
        if self.database_url.startswith("postgresql://"):
            return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
        return self.database_url


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of this installation.

    Raises:
        SettingsError: one of them is unknown or cannot be used.
    """
    environ = os.environ if environ is None else environ
    instance = Path(environ.get("LIASSE_INSTANCE") or ROOT / "instance").expanduser().absolute()
    values = _from_file(instance / "config.toml") | _from_environment(environ)
    values.setdefault("secret_key", stored_secret_key(instance))
    settings = Settings(instance=instance, **values)
    _check(settings)
    return settings


def stored_secret_key(instance: Path) -> str:
    """The key made for this installation at its first start, kept readable by its owner alone."""
    path = instance / "secret_key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        instance.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:  # another process was first
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        key = secrets.token_urlsafe(48)
        handle.write(key)
    return key


def _names() -> dict[str, Any]:
    return {field.name: field.type for field in fields(Settings) if field.name != "instance"}


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} : fichier illisible ({error}).") from error
    names = _names()
    for name, value in content.items():
        if name not in names:
            known = ", ".join(sorted(names))
            raise SettingsError(f"{path} : réglage inconnu « {name} ». Connus : {known}.")
        if type(value) is not names[name]:
            raise SettingsError(
                f"{path} : « {name} » doit être {_said(names[name])}, pas « {value} »."
            )
    return content


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, kind in _names().items():
        variable = f"LIASSE_{name.upper()}"
        if variable not in environ:
            continue
        text = environ[variable]
        if kind is int:
            if not text.isdecimal():
                raise SettingsError(f"{variable} doit être un nombre entier, pas « {text} ».")
            found[name] = int(text)
        else:
            found[name] = text
    return found


def _said(kind: type) -> str:
    return "un nombre entier" if kind is int else "un texte entre guillemets"


def _check(settings: Settings) -> None:
    _check_scheme("LIASSE_DATABASE_URL", settings.database_url, DATABASE_SCHEMES)
    _check_scheme("LIASSE_SMTP_URL", settings.smtp_url, SMTP_SCHEMES)
    _check_scheme("LIASSE_STORE_URL", settings.store_url, ("file", "s3"))
    _check_scheme("LIASSE_QUEUE_URL", settings.queue_url, ("sqlite", "redis", "rediss"))
    _check_scheme("LIASSE_PUBLIC_URL", settings.public_url, ("http", "https"))
    if settings.log_level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise SettingsError("LIASSE_LOG_LEVEL : DEBUG, INFO, WARNING ou ERROR.")
    if not 1 <= settings.max_upload_mb <= 200:
        raise SettingsError("LIASSE_MAX_UPLOAD_MB : de 1 à 200.")
    if not 5 <= settings.session_minutes <= 1440:
        raise SettingsError("LIASSE_SESSION_MINUTES : de 5 à 1440.")


def _check_scheme(variable: str, url: str, schemes: tuple[str, ...]) -> None:
    if url and urlsplit(url).scheme not in schemes:
        expected = ", ".join(f"{scheme}://" for scheme in schemes)
        raise SettingsError(f"{variable} doit commencer par {expected}. Reçu : « {url[:40]} ».")


def check_time_zone(name: str) -> str:
    """The name, when it is a time zone that exists.

    Raises:
        SettingsError: there is no such zone.
    """
    if name not in available_timezones():
        raise SettingsError(f"Fuseau horaire inconnu : « {name} ».")
    return str(ZoneInfo(name))
