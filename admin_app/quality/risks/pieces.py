"""What risks and their analysis prove, as the reading room shows it."""

from typing import Any

from admin_app.quality.risks import queries
from admin_app.quality.risks.words import (
    DOMAINS,
    FACT_KINDS,
    IMPACTS,
    LIKELIHOODS,
    SCALE_SENTENCE,
)

Content = tuple[str, dict[str, Any]]
WORDS = {
    "domains": DOMAINS,
    "likelihoods": LIKELIHOODS,
    "impacts": IMPACTS,
    "scale_sentence": SCALE_SENTENCE,
    "fact_kinds": FACT_KINDS,
}


def risk_piece(key: int) -> Content | None:
    """A risk: its ratings, what is done against it, the facts that show it."""
    found = queries.risk(key)
    if found is None:
        return None
    return "quality/risks/piece_risk.html", {
        "risk": found,
        "ratings": queries.ratings(key),
        "measures": queries.measures(key),
        "facts": queries.facts(key),
        **WORDS,
    }


def analysis_piece(key: int) -> Content | None:
    """An analysis as it was approved."""
    found = queries.analysis(key)
    return ("quality/risks/piece_analysis.html", {"analysis": found, **WORDS}) if found else None
