"""The named conditions that the data files may use about an action: small pure questions.

Each answers True when the condition may hold: an unknown fact (``None``) never excludes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from compliance.facts import ActionFacts

Condition = Callable[[ActionFacts], bool]

# The reading of the ninth guide: « more than two days ».
_SHORT_COURSE_DAYS = 2


def certifying(action: ActionFacts) -> bool:
    """The training prepares for a certification registered at the RNCP or the RS."""
    return action.is_certifying is not False


def alternance(action: ActionFacts) -> bool:
    """The training alternates between the centre and a company."""
    return action.is_alternance is not False


def work_placement(action: ActionFacts) -> bool:
    """The training has periods at work: placement, alternance or AFEST."""
    return action.has_work_placement is not False


def subcontracting(action: ActionFacts) -> bool:
    """A part is entrusted to others: subcontract, freelance trainer, portage salarial."""
    return action.has_subcontracting is not False


def own_clients(action: ActionFacts) -> bool:
    """The organisation does not act as another provider's subcontractor, or acts so without a
    contract that says what is entrusted: everything is then looked at."""
    return action.is_subcontractor is not True or action.has_missions_contract is False


def subcontractor(action: ActionFacts) -> bool:
    """Another provider is known to entrust the action to the organisation."""
    return action.is_subcontractor is True


def remote(action: ActionFacts) -> bool:
    """A part of the action is taught remotely, or may be."""
    return action.remote_share is None or action.remote_share > 0


def new_entrant(action: ActionFacts) -> bool:
    """The organisation is a new entrant in a category of the action."""
    return action.is_new_entrant


def over_two_days(action: ActionFacts) -> bool:
    """The training is spread over more than two distinct days, or its length is not known."""
    return action.training_days is None or action.training_days > _SHORT_COURSE_DAYS


def two_days_or_less(action: ActionFacts) -> bool:
    """The training is known to take two distinct days or less."""
    return not over_two_days(action)


def several_trainers(action: ActionFacts) -> bool:
    """At least two trainers are known to intervene: there is something to coordinate."""
    return action.trainers is not None and action.trainers > 1


CONDITIONS: Mapping[str, Condition] = MappingProxyType(
    {
        "certifying": certifying,
        "alternance": alternance,
        "work-placement": work_placement,
        "subcontracting": subcontracting,
        "own-clients": own_clients,
        "subcontractor": subcontractor,
        "remote": remote,
        "new-entrant": new_entrant,
        "over-two-days": over_two_days,
        "two-days-or-less": two_days_or_less,
        "several-trainers": several_trainers,
    }
)
