"""What starts, serves and tests Liasse: the scripts, the supervisor, the built front end."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from admin_app.cli.serve import listening
from admin_app.core.assets import BUILT, asset_path, asset_url

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ("bootstrap", "server", "test", "fresh-machine")
FIRST_VISIT = ("liasse.css", "htmx.min.js", "liasse.js", "liasse.svg", "source-sans-3.woff2")
LEFT_FOR_THE_PAGE = 8_000  # bytes: a compressed page, of the 60 kB of a first visit

# Parts that say when they start and when they are asked to stop. As script/server does, the
# supervisor is run by its path: it does not load the application.
DRIVER = r"""
import sys
sys.path.insert(0, "admin_app/cli")
from serve import Part, Supervisor
polite = r'''
import os, signal, sys, time
def stop(*_):
    os.write(1, f"{sys.argv[1]} bye\n".encode())
    os._exit(0)
signal.signal(signal.SIGTERM, stop)
os.write(1, f"{sys.argv[1]} up\n".encode())
time.sleep(60)
'''
deaf = r'''
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf up", flush=True)
time.sleep(60)
'''
codes = {"a": polite, "b": polite, "deaf": deaf, "broken": "raise SystemExit(7)"}
parts = [Part(name, [sys.executable, "-c", codes[name], name]) for name in sys.argv[1:]]
sys.exit(Supervisor(parts, when_ready=lambda: True).run())
"""


class Supervised:
    """A supervisor under test, and what it and its parts have written."""

    def __init__(self, *parts: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, *parts],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        self.limit = threading.Timer(60, self.process.kill)
        self.limit.start()

    def until(self, words: str, times: int = 1) -> None:
        assert self.process.stdout
        while self.said.count(words) < times:
            line = self.process.stdout.readline()
            assert line, f"« {words} » was never said: {self.said}"
            self.said += line

    def ended(self) -> int:
        self.said += self.process.communicate(timeout=30)[0]
        return self.process.returncode


@contextmanager
def supervised(*parts: str) -> Iterator[Supervised]:
    running = Supervised(*parts)
    try:
        yield running
    finally:
        running.limit.cancel()
        if running.process.poll() is None:
            running.process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_supervisor_stops_both_parts_cleanly(number: signal.Signals) -> None:
    with supervised("a", "b") as running:
        running.until(" up", times=2)
        running.process.send_signal(number)
        assert running.ended() == 0
        assert "a bye" in running.said
        assert "b bye" in running.said
        assert "arrêté proprement" in running.said


def test_supervisor_brings_back_a_part_that_died() -> None:
    with supervised("a", "b") as running:
        running.until(" up", times=2)
        children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children")
        os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
        running.until(" up", times=3)
        assert "s’est arrêté (signal SIGKILL)" in running.said
        running.process.terminate()
        assert running.ended() == 0


def test_supervisor_gives_up_on_what_never_starts() -> None:
    with supervised("a", "broken") as running:
        assert running.ended() == 1
        assert running.said.count("(code 7)") == 4
        assert "broken ne démarre pas" in running.said
        assert "a bye" in running.said


def test_supervisor_forces_the_stop_when_asked_twice() -> None:
    with supervised("deaf") as running:
        running.until("deaf up")
        running.process.terminate()
        running.until("arrêt en cours")
        running.process.send_signal(signal.SIGINT)
        assert running.ended() == 1
        assert "deaf ne s’arrête pas : arrêt forcé" in running.said


def test_parts_end_when_the_supervisor_is_killed() -> None:
    with supervised("a") as running:
        running.until("a up")
        running.process.kill()
        running.until("a bye")


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(OSError, match=f"le port {port} est déjà occupé.*--port {port + 1}"):
            listening("127.0.0.1", port)
        done = script("server", "--port", str(port))
    assert done.returncode == 1
    assert f"le port {port} est déjà occupé" in done.stderr


def test_a_port_that_does_not_exist_is_said() -> None:
    with pytest.raises(OSError, match="le port 70000 n’existe pas"):
        listening("127.0.0.1", 70_000)


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_bash_that_can_be_read(name: str) -> None:
    assert os.access(ROOT / "script" / name, os.X_OK)
    subprocess.run(["bash", "-n", ROOT / "script" / name], check=True)


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("server", ["--port", "x"], "le port est un nombre, pas « x »."),
        ("server", ["--port"], "il manque une valeur après --port."),
        ("server", ["--today", "demain"], "le jour s’écrit AAAA-MM-JJ."),
        ("server", ["--vide"], "« --vide » n’est pas une option."),
        ("server", ["--workers", "0"], "le nombre de processus va de 1 à 99."),
        ("bootstrap", ["--all"], "Usage : script/bootstrap [--tests]"),
        ("fresh-machine", ["buster"], "script/fresh-machine bookworm"),
    ],
)
def test_scripts_refuse_what_they_do_not_know(name: str, arguments: list[str], words: str) -> None:
    done = script(name, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_a_demonstration_is_not_started_empty(tmp_path: Path) -> None:
    (tmp_path / "kind").write_text("demonstration\n")
    done = script("server", "--empty", "--port", str(free_port()), LIASSE_INSTANCE=str(tmp_path))
    assert done.returncode == 1
    assert "contient la démonstration" in done.stderr


def test_an_interrupted_demonstration_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "kind").write_text("loading\n")
    done = script("server", "--port", str(free_port()), LIASSE_INSTANCE=str(tmp_path))
    assert done.returncode == 1
    assert "avait été interrompu" in done.stderr


def test_bootstrap_is_quiet_and_quick_when_all_is_there() -> None:
    script("bootstrap")  # a source may have changed since script/test ran it
    began = time.monotonic()
    done = script("bootstrap")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - began < 2


def test_every_asset_that_a_page_names_is_built() -> None:
    built = json.loads((BUILT / "manifest.json").read_text())
    named = {
        (name, path.relative_to(ROOT).as_posix())
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"asset\(\s*['\"]([^'\"]+)['\"]", path.read_text())
    }
    assert named
    assert [pair for pair in sorted(named) if pair[0] not in built] == []
    assert all((BUILT / hashed).is_file() for hashed in built.values())


def test_a_first_visit_is_light() -> None:
    assert sum(travelling(name) for name in FIRST_VISIT) <= 60_000 - LEFT_FOR_THE_PAGE
    assert len(FIRST_VISIT) + 1 <= 8


def test_what_browsers_fetch_names_no_other_host() -> None:
    for path in BUILT.iterdir():
        if path.suffix in {".css", ".js", ".svg"}:
            addresses = re.findall(r"https?://[^\s\"'`)]+", path.read_text())
            assert [a for a in addresses if "www.w3.org" not in a and "github" not in a] == [], path


def test_a_built_file_is_kept_for_ever_and_sent_compressed(browse) -> None:  # type: ignore[no-untyped-def]
    answer = browse.get(asset_url("liasse.css"), headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_missing_asset_is_a_missing_file_not_a_broken_page() -> None:
    assert asset_url("nowhere.css") == "/static/dist/nowhere.css"
    with pytest.raises(FileNotFoundError, match=r"nowhere\.css"):
        asset_path("nowhere.css")


def script(name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "script" / name, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **environment},
        check=False,
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def travelling(name: str) -> int:
    path = asset_path(name)
    brotli = path.with_name(f"{path.name}.br")
    return (brotli if brotli.exists() else path).stat().st_size
