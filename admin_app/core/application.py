"""The application itself: Flask, without what it does at each request for cases we do not have."""

from collections import ChainMap
from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask, has_request_context, request
from flask.templating import Environment
from werkzeug.routing import Rule

SAMPLE = 1_073_741_800  # a number that no address holds by itself


class Templates(Environment):
    """Templates that share what all of them know, unless one is given more.

    Jinja puts a map of its own before it for each; a page imports ten templates, and going through
    these maps cost it a tenth of its time.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows."""
        return ChainMap(d, self.globals) if d else self.globals


class LateRule(Rule):
    """A rule that learns to write its address when it is first asked to.

    Werkzeug compiles two functions a rule: nine hundred at the start, of which a page uses thirty.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        name = "_build_unknown" if append_unknown else "_build"

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            compiled = Rule._compile_builder(rule, append_unknown).__get__(rule, None)
            setattr(rule, name, compiled)
            return compiled(**values)

        return build


def _is_key(value: object) -> bool:
    return type(value) is int and value >= 0


class Application(Flask):
    """Liasse."""

    jinja_environment = Templates
    url_rule_class = LateRule

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._patterns: dict[Any, str] = {}

    def url_for(self, endpoint: str, **values: Any) -> str:  # type: ignore[override]
        """The address of a page; those made of keys alone follow a pattern, built once.

        A list has fifty addresses that differ by a number.
        """
        is_relative = endpoint.startswith(".")
        if is_relative or not has_request_context() or not all(map(_is_key, values.values())):
            return super().url_for(endpoint, **values)
        kind = (endpoint, tuple(values), request.script_root)
        pattern = self._patterns.get(kind)
        if pattern is None:
            pattern = self._patterns[kind] = self._pattern(endpoint, *values)
        return pattern % values

    def _pattern(self, endpoint: str, *names: str) -> str:
        samples: dict[str, Any] = {name: SAMPLE + rank for rank, name in enumerate(names)}
        pattern = super().url_for(endpoint, **samples).replace("%", "%%")
        for name, sample in samples.items():
            pattern = pattern.replace(str(sample), f"%({name})d")
        return pattern

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is: no page is asynchronous, twenty calls a page need not ask."""
        return func
