"""What is expected of a cohort and of the organisation: pieces, owners and due days."""

from compliance.expectations.engine import (
    expectations_of,
    provider_expectations,
    register_expectations,
    why_kept,
)
from compliance.expectations.loader import catalogue, load_catalogue
from compliance.expectations.model import (
    Catalogue,
    ChronologyRule,
    Expectation,
    Link,
    Mention,
    Piece,
    RecordedLate,
)

__all__ = [
    "Catalogue",
    "ChronologyRule",
    "Expectation",
    "Link",
    "Mention",
    "Piece",
    "RecordedLate",
    "catalogue",
    "expectations_of",
    "load_catalogue",
    "provider_expectations",
    "register_expectations",
    "why_kept",
]
