"""A browser reduced to its socket: it costs the measured machine next to nothing."""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

MOST = 1 << 16


class Broken(Exception):
    """The server answered what it should not."""


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@dataclass(slots=True)
class Visitor:
    """One kept-alive connection that asks with one cookie."""

    address: tuple[str, int]
    cookie: str = ""
    encodings: str = "gzip, br"
    _socket: socket.socket | None = field(default=None)

    def get(self, path: str) -> Answer:
        """Ask for a page, as a browser does."""
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: {self.address[0]}:{self.address[1]}",
            "User-Agent: liasse-bench",
            "Accept: text/html",
            f"Accept-Encoding: {self.encodings}",
        ]
        return self._ask(lines, b"")

    def post(self, path: str, body: bytes) -> Answer:
        """Send a form."""
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: {self.address[0]}:{self.address[1]}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        return self._ask(lines, body)

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _ask(self, lines: Sequence[str], body: bytes) -> Answer:
        cookie = [f"Cookie: {self.cookie}"] if self.cookie else []
        request = "\r\n".join([*lines, *cookie, "", ""]).encode() + body
        start = time.perf_counter()
        try:
            status, headers, content = self._exchange(request)
        except (ConnectionError, BrokenPipeError):  # the server may end an idle connection
            self.close()
            status, headers, content = self._exchange(request)
        seconds = time.perf_counter() - start
        if self.cookie and "set-cookie" in headers:  # signed anew once a minute: browsers keep it
            self.cookie = headers["set-cookie"].partition(";")[0]
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, content, seconds)

    def _exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        if self._socket is None:
            self._socket = socket.create_connection(self.address, timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, data = data[:end].decode("latin-1"), data[end + 4 :]
        first, *rest = head.split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)
        }
        length = int(headers.get("content-length", -1))
        if length < 0:
            raise Broken("an answer of unknown length")
        while len(data) < length:
            data += self._more()
        return int(first.split(" ", 2)[1]), headers, data

    def _more(self) -> bytes:
        assert self._socket is not None
        data = self._socket.recv(MOST)
        if not data:
            raise ConnectionError("the server hung up")
        return data


@dataclass(frozen=True, slots=True)
class Rush:
    """Many questions at once: how many were answered in a second, and how long each took."""

    per_second: float
    seconds: list[float]


def one_by_one(visitor: Visitor, path: str, *, times: int, at_most: float) -> list[float]:
    """Seconds of each answer, asked one after the other, within a time.

    Raises:
        Broken: an answer is not the page.
    """
    found: list[float] = []
    end = time.perf_counter() + at_most
    while len(found) < times and (time.perf_counter() < end or not found):
        found.append(_page(visitor, path).seconds)
    return found


def rush(address: tuple[str, int], cookie: str, path: str, *, visitors: int, during: float) -> Rush:
    """The same page asked by several at once.

    Raises:
        Broken: an answer is not the page.
    """
    start = time.perf_counter()
    end = start + during

    def visit(_number: int) -> list[float]:
        found: list[float] = []
        visitor = Visitor(address, cookie)
        while time.perf_counter() < end or not found:
            found.append(_page(visitor, path).seconds)
        visitor.close()
        return found

    with ThreadPoolExecutor(visitors) as pool:
        seconds = [one for found in pool.map(visit, range(visitors)) for one in found]
    return Rush(len(seconds) / (time.perf_counter() - start), seconds)


def _page(visitor: Visitor, path: str) -> Answer:
    answer = visitor.get(path)
    if answer.status != 200:
        raise Broken(f"{path} : {answer.status}")
    return answer
