"""The forms of a page, to be sent as a browser would, with one field changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

Data = dict[str, list[str]]
KEPT = frozenset({"csrf_token"})
FILES = frozenset({"file", "submit", "button"})


@dataclass(slots=True)
class Sent:
    """A form as it would be sent untouched."""

    method: str
    address: str
    data: Data = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The fields that can be changed."""
        return [name for name in self.data if name not in KEPT]

    def changed(self, name: str, value: str) -> Data:
        """What is sent when this field holds that."""
        return self.data | {name: [value]}


def forms_of(html: str, base: str) -> Iterator[Sent]:
    """Every form of a page that has a field."""
    for form in BeautifulSoup(html, "html.parser").select("form"):
        address = urljoin(base, str(form.get("action") or base))
        sent = Sent(str(form.get("method") or "get").upper(), address)
        for one in form.select("input[name], textarea[name], select[name], button[name]"):
            _fill(sent.data, one)
        if sent.names:
            yield sent


def _fill(data: Data, one: Tag) -> None:
    name, kind = str(one["name"]), str(one.get("type") or "text")
    if kind in FILES or one.name == "button":
        return
    values = data.setdefault(name, [])
    if one.name == "textarea":
        values.append(one.text)
    elif one.name == "select":
        options = one.select("option[selected]") or one.select("option")[:1]
        values += [str(option.get("value", option.text)) for option in options]
    elif kind not in {"checkbox", "radio"} or one.has_attr("checked"):
        values.append(str(one.get("value", "")))
