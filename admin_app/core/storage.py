"""Files by their SHA-256, written once: a local folder, or any S3-compatible store."""

import hashlib
from contextlib import suppress
from functools import cached_property
from typing import Any

from flask import Flask, current_app
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, from_url
from werkzeug.local import LocalProxy

PROBE = "probe"


class Store:
    """A write-once store: what has been put there under its hash never changes."""

    def __init__(self, url: str, folder: str) -> None:
        self._url, self._folder = url, folder

    @cached_property
    def _backend(self) -> Any:
        if self._url:
            return from_url(self._url)
        return LocalStore(self._folder, mkdir=True)

    def put(self, data: bytes) -> str:
        """Keep these bytes; their SHA-256 in hexadecimal names them. Putting twice is harmless."""
        sha256 = hashlib.sha256(data).hexdigest()
        with suppress(AlreadyExistsError):  # the same bytes are there already
            self._backend.put(_path(sha256), data, mode="create")
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes of that name.

        Raises:
            FileNotFoundError: the store holds no such file.
        """
        return bytes(self._backend.get(_path(sha256)).bytes())

    def exists(self, sha256: str) -> bool:
        """Whether the store holds that file."""
        try:
            self._backend.head(_path(sha256))
        except FileNotFoundError:
            return False
        return True

    def check(self) -> None:
        """Write a probe and take it away again.

        Raises:
            Exception: whatever the store answers when it cannot be written.
        """
        self._backend.put(PROBE, b"liasse", mode="overwrite")
        self._backend.delete(PROBE)


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def init_storage(app: Flask) -> None:
    """Open the store that the settings name."""
    settings = app.config["SETTINGS"]
    app.extensions["liasse.store"] = Store(settings.store_url, str(settings.instance / "evidence"))


store: Store = LocalProxy(lambda: current_app.extensions["liasse.store"])  # type: ignore[assignment]
