"""Looking into the PDFs that we make."""

import io

import pikepdf
import pypdf


def text_of(data: bytes) -> str:
    """Everything that a PDF says, on one line."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def opened(data: bytes) -> pikepdf.Pdf:
    """The PDF, to look at its structure."""
    return pikepdf.open(io.BytesIO(data))


def fonts_of(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """The fonts of a PDF, and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in pdf.pages:
        for font in page.resources.get("/Font", {}).values():
            for inner in font.get("/DescendantFonts", [font]):
                descriptor = inner.FontDescriptor
                name = str(inner.BaseFont).rpartition("+")[2]
                found[name] = any(key in descriptor for key in ("/FontFile2", "/FontFile3"))
    return found
