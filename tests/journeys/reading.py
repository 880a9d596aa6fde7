"""Reading a cohort as an auditor does: every indicator, every piece, and nothing to press."""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from playwright.sync_api import Page

ENTRY, PIECE = "a.index-entry", "a.index-piece[href]"
WAYS_OUT = {"/deconnexion"}  # the one thing that a reader can send


@dataclass
class Indicator:
    """What the page of an indicator says."""

    number: str
    address: str
    status: str
    reasons: str
    gaps: list[str]
    pieces: list[str]


@dataclass
class Readings:
    """What was opened, and what was found."""

    indicators: list[Indicator] = field(default_factory=list)
    pieces: dict[str, str] = field(default_factory=dict)  # address: text
    papers: int = 0
    looks: int = 0

    def gaps(self) -> set[str]:
        """Every sentence about what is missing, due or oddly dated."""
        return {gap for one in self.indicators for gap in one.gaps}

    def status(self, number: str) -> str:
        """What is said of that indicator."""
        return next(one.status for one in self.indicators if one.number == number)


def read_everything(auditor: Page, address: str) -> Readings:
    """Open the cohort at that address, each of its indicators, then each of their pieces."""
    found = Readings()
    overview = _page(auditor, address, found)
    for link in overview.select(ENTRY):
        found.indicators.append(_indicator(auditor, str(link["href"]), found))
    for piece in sorted({piece for one in found.indicators for piece in one.pieces}):
        shown = _page(auditor, piece, found)
        words = _words(shown.select_one("main") or shown)
        assert "Empreinte SHA-256" in words, piece
        found.pieces[piece] = words
        for sheet in shown.select("object[data], iframe[src], embed[src]"):
            source = str(sheet.get("data") or sheet.get("src")).partition("#")[0]
            assert auditor.request.get(source).body().startswith(b"%PDF"), source
            found.papers += 1
            found.looks += 1
    return found


def _indicator(auditor: Page, address: str, found: Readings) -> Indicator:
    shown = _page(auditor, address, found)
    here = shown.select_one(f'{ENTRY}[aria-current="true"], .index-entry[aria-current]')
    assert here is not None, address
    main = shown.select_one("main")
    assert main is not None
    card = main.select_one(".card") or main
    for why in card.select("details.why"):  # the texts differ from an indicator to the next
        why.decompose()
    state = card.select_one(".state")
    assert state is not None, address
    return Indicator(
        number=address.rpartition("=")[2],
        address=address,
        status=_words(state),
        reasons=_words(card),
        gaps=[_words(one) for one in card.select(".gap")],
        pieces=[str(one["href"]) for one in shown.select(PIECE)],
    )


def _page(auditor: Page, address: str, found: Readings) -> BeautifulSoup:
    """A page as her browser would fetch it; nothing in it can be sent, but the way out."""
    reply = auditor.request.get(address)
    assert reply.status == 200, f"{reply.status} at {address}"
    found.looks += 1
    shown = BeautifulSoup(reply.text(), "html.parser")
    for form in shown.select("form"):
        if str(form.get("method", "get")).lower() != "get":
            assert form.get("action") in WAYS_OUT, f"{address}: {form.get('action')}"
    assert not shown.select("[hx-post], [hx-put], [hx-delete], [hx-patch]"), address
    return shown


def _words(part: object) -> str:
    """Its text, with plain spaces."""
    return " ".join(part.get_text(" ").split())  # type: ignore[attr-defined]
