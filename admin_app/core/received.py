"""What browsers send, before anyone reads it: texts that a database holds, numbers of its size.

A NUL or half of a pair (a lone surrogate) is in no text that people write, and PostgreSQL stores
neither. They are taken out of addresses, searches and names of files, where nobody would miss
them; in a form, besides, the field says that it was changed, and nothing is done. A number longer
than any key leads to « introuvable ».
"""

import re
from collections.abc import Iterable
from typing import Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict
from werkzeug.routing import IntegerConverter, ValidationError
from werkzeug.utils import cached_property

LARGEST_KEY = 2_147_483_647  # what an integer of PostgreSQL holds
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def init_received(app: Flask) -> None:
    """Read what is sent that way. To be called before any page is registered."""
    app.request_class = Received
    app.url_map.converters["int"] = KeyConverter
    app.before_request(_refuse_addresses)


def clean(text: str) -> str:
    """The text without what no database holds."""
    return UNSTORABLE.sub("", text)


def is_clean(text: str) -> bool:
    """Whether a database holds that text as it is."""
    return UNSTORABLE.search(text) is None


def key_of(text: Any) -> int | None:
    """The key that a text says; None when it says none, or a number longer than any key."""
    written = str(text).strip() if text is not None else ""
    if not written.isdecimal() or len(written) > 10:
        return None
    return number if (number := int(written)) <= LARGEST_KEY else None


def the_key(text: Any) -> int:
    """The same, for the choices of a form.

    Raises:
        ValueError: it says no key.
    """
    key = key_of(text)
    if key is None:
        raise ValueError("no key")
    return key


def asked_key(name: str) -> int | None:
    """The key that the address asks for under that name (pages only)."""
    return key_of(request.args.get(name))


class KeyConverter(IntegerConverter):
    """The keys in addresses."""

    regex = r"\d{1,10}"

    def to_python(self, value: str) -> int:
        """The key, « introuvable » beyond what a database holds."""
        key = key_of(value)
        if key is None:
            raise ValidationError
        return key


class Received(Request):
    """A request whose texts can all be stored."""

    changed: frozenset[str] = frozenset()  # the names of the form's fields that held something else

    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:
        """What the address asks for."""
        try:
            self.query_string.decode()
        except UnicodeDecodeError:  # bytes that no browser sends
            self.query_string = self.query_string.decode("utf-8", "replace").encode()
        return _cleaned(super().args)

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        form = self.__dict__["form"]
        self.changed = frozenset(
            clean(name) for name, text in form.items(multi=True) if not is_clean(name + text)
        )
        if self.changed or not all(map(_is_name, form)):
            self.__dict__["form"] = _cleaned(form)
        for file in self.__dict__["files"].values():
            _rename(file)


def _cleaned(sent: Any) -> ImmutableMultiDict[str, str]:
    pairs: Iterable[tuple[str, str]] = sent.items(multi=True)
    return ImmutableMultiDict(
        [(clean(name), clean(text)) for name, text in pairs if _is_name(clean(name))]
    )


def _is_name(name: str) -> bool:
    """Whether a field can have that name: WTForms stumbles on rows numbered « ² » or beyond."""
    return not any(
        part.isdigit() and not (part.isascii() and len(part) < 7) for part in name.split("-")
    )


def _rename(file: FileStorage) -> None:
    if file.filename:
        file.filename = clean(file.filename)


def _refuse_addresses() -> None:
    arguments = request.view_args or {}
    if not all(is_clean(one) for one in arguments.values() if isinstance(one, str)):
        abort(404)
