"""Files are told by their content."""

import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from admin_app.core.uploads import MIME, sniff


def archive(**files: str) -> bytes:
    """A ZIP archive of these files (a double underscore stands for a slash)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for name, text in files.items():
            opened.writestr(name.replace("__", "/").replace("Types", "[Content_Types].xml"), text)
    return out.getvalue()


def test_a_workbook_is_a_workbook_whoever_made_it() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    assert sniff(out.getvalue()) == "xlsx"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (archive(Types="", word__document="x"), "docx"),
        (archive(Types="", ppt__slide="x"), "pptx"),
        (archive(mimetype=MIME["odt"], content="x"), "odt"),
        (archive(mimetype="application/epub+zip", content="x"), ""),
        (archive(notes="x"), "zip"),
        (b"PK\x03\x04 not an archive", ""),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
        ("Nom;Prénom\n".encode(), "csv"),
        ("Nom;Prénom\n".encode("cp1252"), "csv"),
        (b"<html></html>", ""),
        (b"\x00\x01\x02", ""),
    ],
)
def test_a_file_is_told_by_its_content(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


def test_macros_are_not_taken() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        opened.writestr("[Content_Types].xml", "")
        opened.writestr("xl/vbaProject.bin", "x")
    assert sniff(out.getvalue()) == ""


def an_archive_with(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", content)
    return made.getvalue()


def test_an_archive_is_never_unpacked_whole_to_know_what_it_is() -> None:
    bomb = an_archive_with(b"x" * 50_000_000)
    assert len(bomb) < 100_000
    tracemalloc.start()
    try:
        assert sniff(bomb) in {"", "zip"}
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_damaged_archive_is_no_kind_that_we_know() -> None:
    whole = bytearray(an_archive_with(bytes(range(256)) * 40))
    start = whole.index(b"mimetype") + len("mimetype")
    whole[start : start + 12] = b"\xff" * 12
    assert sniff(bytes(whole)) == ""
