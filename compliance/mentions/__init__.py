"""Mandatory mentions of documents, and the delays of the individual contract."""

from compliance.mentions.check import kinds, load_mentions, missing, rules_of
from compliance.mentions.contract import Withdrawal, most_payable, withdrawal
from compliance.mentions.model import DocumentRules, MentionRule, MissingMention

__all__ = [
    "DocumentRules",
    "MentionRule",
    "MissingMention",
    "Withdrawal",
    "kinds",
    "load_mentions",
    "missing",
    "most_payable",
    "rules_of",
    "withdrawal",
]
