"""Files that people send: told by their content, never by their name, and limited in size."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from flask import current_app
from werkzeug.datastructures import FileStorage

from admin_app.core.errors import Refused

WORDS = {
    "pdf": "PDF",
    "jpeg": "JPEG",
    "png": "PNG",
    "xlsx": "Excel (.xlsx)",
    "csv": "CSV",
    "docx": "Word (.docx)",
    "pptx": "PowerPoint (.pptx)",
    "odt": "OpenDocument (.odt)",
    "zip": "ZIP",
}
MIME = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "zip": "application/zip",
}
_OFFICE = {"xl": "xlsx", "word": "docx", "ppt": "pptx"}
_SUFFIX = {".jpg": "jpeg", ".jpeg": "jpeg", ".jfif": "jpeg", ".htm": "html"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was accepted."""

    name: str
    kind: str
    data: bytes

    @property
    def mime(self) -> str:
        """Its media type."""
        return MIME[self.kind]


def read_upload(
    sent: FileStorage, *, kinds: frozenset[str], field: str, max_mb: int | None = None
) -> Upload:
    """Read a file that someone sent.

    Args:
        kinds: what is accepted, among pdf, jpeg, png, xlsx, csv, docx, pptx, odt, zip.
        field: the form field, for the message.
        max_mb: the largest size, in megabytes; the installation's limit by default.

    Raises:
        Refused: it is empty, too large, or of another kind; the message says which.
    """
    limit = max_mb or current_app.config["SETTINGS"].max_upload_mb
    data = sent.stream.read(limit * 1_000_000 + 1)
    name = PurePath((sent.filename or "").replace("\\", "/")).name[:150] or "fichier"
    if not data:
        raise Refused(f"Le fichier « {name} » est vide.", field)
    if len(data) > limit * 1_000_000:
        raise Refused(f"Le fichier « {name} » dépasse {limit} Mo.", field)
    found = sniff(data)
    if found not in kinds:
        accepted = ", ".join(WORDS[kind] for kind in sorted(kinds))
        raise Refused(
            f"Le contenu de « {name} » n’est pas d’un type accepté. Acceptés : {accepted}.", field
        )
    return Upload(name, found, data)


def sniff(data: bytes) -> str:
    """The kind of these bytes, by their content; empty when it is none that we know."""
    if data.startswith(b"PK\x03\x04"):
        return _in_archive(data)
    try:
        suffixes = [match.extension for match in puremagic.magic_string(data)]
    except (puremagic.PureError, ValueError):
        suffixes = []
    for suffix in suffixes:
        kind = _SUFFIX.get(suffix, suffix.removeprefix("."))
        if kind in WORDS and kind != "csv":
            return kind
    return "csv" if _is_text(data) else ""


_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def _in_archive(data: bytes) -> str:
    """Which kind of ZIP archive it is: office documents are told apart by what they hold.

    One that brings macros along, or cannot be opened, is none that we know.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            media = _media_of(archive) if "mimetype" in names else ""
    except _UNREADABLE:
        return ""
    if any(name.endswith("vbaProject.bin") for name in names):
        return ""
    if "[Content_Types].xml" in names:
        folders = {name.partition("/")[0] for name in names}
        return next((kind for folder, kind in _OFFICE.items() if folder in folders), "")
    if media:
        return "odt" if media == MIME["odt"] else ""
    return "zip"


def _media_of(archive: zipfile.ZipFile) -> str:
    """What an archive says it is, read no further: unpacked whole, it could fill the memory."""
    with archive.open("mimetype") as said:
        return said.read(100).decode("ascii")


def _is_text(data: bytes) -> bool:
    if b"\x00" in data or data.lstrip()[:1] == b"<":
        return False
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        control = sum(byte < 9 or 13 < byte < 32 for byte in data)
        return control == 0
    return True
