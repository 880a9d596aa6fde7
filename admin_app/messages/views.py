"""What the page of a message shows."""

import re

ADDRESS = re.compile(r"https?://\S+")
SECRET = re.compile(r"(?<=/)[\w.~-]{20,}")


def readable(text: str) -> str:
    """The text of a message without what opens the links in it: those are the reader's alone."""
    return ADDRESS.sub(lambda found: SECRET.sub("••••••", found.group()), text)
