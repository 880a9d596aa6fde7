"""Signing in as people do: the form, its token, the cookie."""

import re
from urllib.parse import urlencode

from benchmarks.data.house import PASS_PHRASE
from benchmarks.doors import SIGN_IN
from benchmarks.load import Broken, Visitor

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def cookie_of(address: tuple[str, int], email: str) -> str:
    """The cookie of that account's session; none for a visitor.

    Raises:
        Broken: the door stays shut.
    """
    if not email:
        return ""
    visitor = Visitor(address, encodings="identity")
    form = visitor.get(SIGN_IN)
    token = TOKEN.search(form.body.decode())
    if form.status != 200 or token is None:
        raise Broken(f"{SIGN_IN} : {form.status}")
    visitor.cookie = _kept(form.headers)
    fields = {"csrf_token": token.group(1), "email": email, "password": PASS_PHRASE, "suite": ""}
    answer = visitor.post(SIGN_IN, urlencode(fields).encode())
    visitor.close()
    if answer.status not in (302, 303):
        raise Broken(f"{email} : {answer.status}")
    return _kept(answer.headers)


def _kept(headers: dict[str, str]) -> str:
    return headers.get("set-cookie", "").partition(";")[0]
