"""The rules of the house that hold in ``compliance``: pure, dated, cited, without numbers."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import compliance
from compliance.tables import data_root, read_sources

ROOT = Path(compliance.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
DATA = sorted((ROOT / "data").rglob("*.toml"))
# Tables that state nothing: they name, head or date other statements.
WITHOUT_CITATION = {"document", "history", "links", "citations", "conditions"}


def identifier(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_no_module_has_a_clock(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(now|today|utcnow|monotonic|perf_counter)\s*\(", code)
    assert not re.search(r"^\s*(import|from)\s+time\b", code, re.MULTILINE)


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_modules_import_the_standard_library_alone(path: Path) -> None:
    allowed = {"compliance", "__future__"} | set(sys.stdlib_module_names)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [node.module or ""]
        for name in names:
            assert name.split(".")[0] in allowed


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_no_indicator_number_in_code(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert not re.search(r"indica(teur|tor)s?\s*n?°?\s*\d", code, re.IGNORECASE)


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_every_public_function_is_explained(path: Path) -> None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def statements(values: dict[str, object], where: str = "") -> Iterator[tuple[str, dict]]:
    for key, value in values.items():
        if key in WITHOUT_CITATION and key != "conditions":
            continue
        tables = value if isinstance(value, list) else [value]
        for table in tables:
            if not isinstance(table, dict):
                continue
            place = f"{where}.{key}"
            if key != "conditions":
                yield place, table
                yield from statements(table, place)
            elif not where:
                yield from ((f"{place}.{name}", inner) for name, inner in table.items())


@pytest.mark.parametrize(
    "path", [path for path in DATA if path.name != "sources.toml"], ids=identifier
)
def test_every_statement_has_a_citation_of_a_known_source(path: Path) -> None:
    sources = read_sources(data_root())
    found = list(statements(tomllib.loads(path.read_text(encoding="utf-8"))))
    assert found
    for place, table in found:
        assert table.get("citations"), f"{path.name}{place} has no citation"
        for citation in table["citations"]:
            assert citation["source"] in sources
            assert citation["locator"].strip()


def test_every_source_is_used_and_dated() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in DATA if path.name != "sources.toml")
    for key, source in read_sources(data_root()).items():
        assert f'source = "{key}"' in text, f"{key} is never cited"
        assert source.consulted_on.year >= 2026
        assert source.url.startswith("https://") or source.is_own


def test_data_files_are_all_read() -> None:
    from compliance import clauses
    from compliance.expectations import catalogue
    from compliance.expectations.loader import PIECES_FILES
    from compliance.mentions import kinds
    from compliance.referentiel import load
    from compliance.values import load_values

    load(), catalogue(), load_values()
    assert clauses.clauses_on(date(2026, 11, 1))
    assert {path.stem for path in DATA if path.parent.name == "mentions"} == set(kinds())
    assert {f"pieces/{path.name}" for path in DATA if path.parent.name == "pieces"} == set(
        PIECES_FILES
    )
    assert {path.name for path in DATA if path.parent.name == "data"} == {
        "chronology.toml",
        "concordance.toml",
        "law-2019.toml",
        "law-2026.toml",
        "reading-v9.toml",
        "reading-v10.toml",
        "sources.toml",
        "subcontract-clauses.toml",
        "values.toml",
    }


def test_nothing_says_conforme() -> None:
    for path in [*MODULES, *DATA]:
        text = path.read_text(encoding="utf-8")
        for line in text.splitlines():
            if re.search(r"\bconformes?\b", line, re.IGNORECASE):
                assert "never" in line.lower() or "jamais" in line, f"{path}: {line}"
