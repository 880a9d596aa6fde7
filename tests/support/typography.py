"""What French typography does not want to see in a page, whoever wrote the words."""

import re
from html import unescape

UNREAD = re.compile(r"<(script|style|textarea|code|pre|svg|template)\b.*?</\1>", re.DOTALL)
SAID = re.compile(r'\s(?:title|aria-label|placeholder|alt)="([^"]*)"')
BLOCK = re.compile(
    r"</?(?:p|li|ul|ol|div|h[1-6]|td|th|tr|table|dt|dd|dl|section|main|nav|header|footer|form|"
    r"label|legend|option|select|button|title|summary|details|caption|article|input|body|head)\b"
    r"[^>]*>|<br[^>]*>"
)
TAG = re.compile(r"<[^>]+>")
LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
SLIPS = (
    ("a straight apostrophe", re.compile(rf"[{LETTER}]'[{LETTER}]")),
    ("a plain space before a sign", re.compile(r"\S[ \n][?!;:»](?=[\s.,)]|$)")),
    ("no space before a sign", re.compile(rf"[{LETTER}»)][?!;:](?=\s|$)")),
    ("a plain space within guillemets", re.compile(r"«[ \n]")),
    ("no elision", re.compile(r"\b[dD]e (?=[AEIOUÉÈÊÂÎÔ][a-zà-ÿ])")),
    ("a day that is not there", re.compile(r"\b(?:au|du|le) –(?=\s|$)")),
    ("no agreement", re.compile(r"\b[Aa]ttestation [^.:]{0,40}\bétabli\b")),
)
AROUND = 40


def slips(html: str) -> list[str]:
    """Each slip in what a page says: what it is, and the words around it."""
    found = []
    for text in _texts(html):
        for what, pattern in SLIPS:
            for one in pattern.finditer(text):
                words = text[max(0, one.start() - AROUND) : one.end() + AROUND]
                found.append(f"{what}: {words.strip()!r}")
    return found


def _texts(html: str) -> list[str]:
    read = UNREAD.sub(" ", html)
    spoken = [unescape(one) for one in SAID.findall(read)]
    blocks = (unescape(TAG.sub("", block)) for block in BLOCK.split(read))
    return [re.sub(r"[ \t\r\n]+", " ", text).strip() for text in (*blocks, *spoken) if text.strip()]
