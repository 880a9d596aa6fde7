"""What the sources promise: one commit, one clock, pure rules, no orphan template."""

import re
from pathlib import Path

import pytest

from admin_app.core.config import ROOT

OFFICE, RULES, TEMPLATES = ROOT / "admin_app", ROOT / "compliance", ROOT / "templates"


def sources(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    ]


def lines_with(pattern: str, folder: Path, *, but: tuple[str, ...] = ()) -> list[str]:
    found = []
    for path in sources(folder):
        name = str(path.relative_to(ROOT))
        if name in but:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{name}:{number}: {line.strip()}")
    return found


def test_only_the_transaction_commits() -> None:
    assert lines_with(r"\bcommit\(", OFFICE, but=("admin_app/core/transaction.py",)) == []


@pytest.mark.parametrize("folder", [OFFICE, RULES])
def test_only_the_clock_asks_what_time_it_is(folder: Path) -> None:
    pattern = r"datetime\.now\(|date\.today\(|utcnow\(|time\.time\("
    assert lines_with(pattern, folder, but=("admin_app/core/clock.py",)) == []


def test_no_indicator_number_in_the_rules() -> None:
    """Numbers belong to an edition: they stand in its data file, never in code."""
    pattern = r"(?i)indica(?:tor|teur)s?\W{0,3}\d"
    assert lines_with(pattern, RULES) == []
    assert lines_with(pattern, OFFICE) == []


def test_no_query_of_the_old_style() -> None:
    assert lines_with(r"\.query\.(filter|get|all|first|order_by)", OFFICE) == []


def is_page(path: Path, actors: tuple[str, ...]) -> bool:
    """Whether a source is a page: a file, or a folder, named after an actor."""
    below = {"queries", "operations", "forms", "views"}
    parts = path.with_suffix("").parts
    return not below & set(parts) and any(part in actors for part in parts)


def test_pages_do_not_query() -> None:
    actors = ("office", "trainer", "trainee", "client", "auditor", "public")
    asking = [
        line
        for line in lines_with(r"\bselect\(|db\.session", OFFICE)
        if is_page(Path(line.split(":", 1)[0]), actors)
    ]
    assert asking == []


def test_acts_do_not_look_at_the_request() -> None:
    below = ("operations", "queries", "models")
    looking = [
        line
        for line in lines_with(r"\bcurrent_user\b|from flask import .*\brequest\b", OFFICE)
        if any(part in below for part in Path(line.split(":", 1)[0]).with_suffix("").parts)
    ]
    assert looking == []


def test_every_template_is_used() -> None:
    named: set[str] = set()
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources(OFFICE))
    for path in TEMPLATES.rglob("*.*"):
        code += "\n" + path.read_text(encoding="utf-8")
    for path in TEMPLATES.rglob("*"):
        name = str(path.relative_to(TEMPLATES))
        by_rule = name.startswith(("documents/", "mail/"))  # named by their kind, see below
        if path.is_file() and not by_rule and name not in code:
            named.add(name)
    assert named == set()


def is_named(mail: str, code: str) -> bool:
    """Whether the code names a mail, whole or as « f"head-{rest}" »."""
    head, _, rest = mail.partition("-")
    return f'"{mail}"' in code or (f'f"{head}-{{' in code and f'"{rest}"' in code)


def test_every_mail_is_sent_by_someone() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources(OFFICE))
    orphans = {
        path.stem
        for path in (TEMPLATES / "mail").glob("*")
        if path.stem not in {"base", "button"} and not is_named(path.stem, code)
    }
    assert orphans == set()


def test_every_mail_is_written_twice() -> None:
    texts = {path.stem for path in (TEMPLATES / "mail").glob("*.txt")} - {"button"}
    pages = {path.stem for path in (TEMPLATES / "mail").glob("*.html")} - {"button"}
    assert texts == pages


def test_nothing_conform_is_ever_said() -> None:
    """The software says what is covered or missing; only a certification body judges."""
    saying = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES.rglob("*.*")
        if re.search(r"\bconformes?\b", path.read_text(encoding="utf-8"))
        and not path.is_relative_to(TEMPLATES / "documents")
    ]
    assert saying == []


def test_no_template_writes_scripts_or_styles_inline() -> None:
    pattern = re.compile(r"<style|\sstyle=|\son(?:click|load|change|submit)=|<script(?![^>]*src=)")
    inline = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES.rglob("*.html")
        if not path.is_relative_to(TEMPLATES / "documents")
        and not path.is_relative_to(TEMPLATES / "mail")
        and path.name != "document.html"
        and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert inline == []
