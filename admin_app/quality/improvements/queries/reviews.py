"""Reading reviews, and the figures that they look at."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from admin_app.core.database import db
from admin_app.core.formatting import number, plural
from admin_app.core.pages import Page, paginate
from admin_app.evaluations.queries.period import PeriodResults, period_results
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.improvements.models import Improvement, QualityReview
from admin_app.quality.origins import KINDS as ORIGINS

Figure = dict[str, Any]


def review(key: int) -> QualityReview | None:
    """The review of that key."""
    return db.session.get(QualityReview, key)


def reviews(kind: str, page: int) -> Page[QualityReview]:
    """The reviews of that kind, latest first, those set aside too."""
    statement = select(QualityReview).order_by(
        QualityReview.held_on.desc(), QualityReview.id.desc()
    )
    return paginate(statement.where(QualityReview.kind == kind), page)


def last_reviews(kind: str, limit: int = 3) -> Sequence[QualityReview]:
    """The last reviews of that kind that were not set aside."""
    return db.session.scalars(
        select(QualityReview)
        .where(QualityReview.kind == kind, QualityReview.removed_at.is_(None))
        .order_by(QualityReview.held_on.desc(), QualityReview.id.desc())
        .limit(limit)
    ).all()


def figures(kind: str, first: date, last: date) -> list[Figure]:
    """What that review looks at, over a period (both days inclusive), ready to be kept.

    Each figure has a `group`, a `label`, a `value` and a `detail`, all of them words.
    """
    if kind == "feedback-analysis":
        return [*_surveys(first, last), *_complaints(first, last)]
    return [*_actions(first, last), *_by_origin(first, last)]


def _figure(group: str, label: str, value: str, detail: str = "") -> Figure:
    return {"group": group, "label": label, "value": value, "detail": detail}


def _surveys(first: date, last: date) -> list[Figure]:
    return [figure for one in period_results(first, last) for figure in _survey(one)]


def _survey(one: PeriodResults) -> list[Figure]:
    group = one.kind.words[:1].upper() + one.kind.words[1:]
    if not one.sent:
        return [_figure(group, "Demandes envoyées", "aucune", "rien à analyser sur cette période")]
    rate = round(100 * one.answered / one.sent)
    refused = f", {plural(one.refused, 'refus', 'refus')}" if one.refused else ""
    found = [
        _figure(
            group,
            "Taux de réponse",
            f"{rate} %",
            f"{plural(one.answered, 'réponse')} pour {plural(one.sent, 'demande')}{refused}",
        )
    ]
    found += [
        _figure(group, mean.label, f"{number(mean.mean)} sur 5", plural(mean.answered, "réponse"))
        for mean in one.means
        if mean.mean is not None
    ]
    return found


def _complaints(first: date, last: date) -> list[Figure]:
    def received(kind: str) -> ColumnElement[bool]:
        return and_(Complaint.kind == kind, Complaint.received_on.between(first, last))

    shown = (
        received("complaint"),
        and_(received("complaint"), Complaint.closed_on.is_(None)),
        received("incident"),
        and_(received("incident"), Complaint.closed_on.is_(None)),
    )
    row = db.session.execute(
        select(*(func.count().filter(one) for one in shown)).select_from(Complaint)
    ).one()
    group = "Réclamations et aléas"
    return [
        _figure(group, "Réclamations reçues", number(row[0]), _still_open(row[1])),
        _figure(group, "Aléas consignés", number(row[2]), _still_open(row[3])),
    ]


def _still_open(count: int) -> str:
    return f"dont {number(count)} encore en cours" if count else ""


def _actions(first: date, last: date) -> list[Figure]:
    done = Improvement.done_on.between(first, last)
    checked = Improvement.effect_checked_on.between(first, last)
    still_open = and_(
        Improvement.created_on <= last,
        or_(Improvement.closed_on.is_(None), Improvement.closed_on > last),
        or_(Improvement.cancelled_on.is_(None), Improvement.cancelled_on > last),
    )
    to_do = or_(Improvement.done_on.is_(None), Improvement.done_on > last)
    shown: dict[str, ColumnElement[bool]] = {
        "Actions ouvertes": Improvement.created_on.between(first, last),
        "Actions menées": done,
        "Menées après leur échéance": and_(done, Improvement.done_on > Improvement.due_on),
        "Effets vérifiés": checked,
        "Effets jugés suffisants": and_(checked, Improvement.is_effective.is_(True)),
        "Effets jugés insuffisants": and_(checked, Improvement.is_effective.is_(False)),
        "Actions abandonnées": Improvement.cancelled_on.between(first, last),
        "Encore ouvertes au dernier jour": still_open,
        "Dont à mener, échéance passée": and_(still_open, to_do, Improvement.due_on < last),
    }
    row = db.session.execute(
        select(*(func.count().filter(one) for one in shown.values())).select_from(Improvement)
    ).one()
    return [
        _figure("Les actions", label, number(value))
        for label, value in zip(shown, row, strict=True)
    ]


def _by_origin(first: date, last: date) -> list[Figure]:
    rows = db.session.execute(
        select(Improvement.origin_kind, func.count())
        .where(Improvement.created_on.between(first, last))
        .group_by(Improvement.origin_kind)
        .order_by(func.count().desc(), Improvement.origin_kind)
    )
    return [
        _figure("D’où elles viennent", ORIGINS[kind][:1].upper() + ORIGINS[kind][1:], number(count))
        for kind, count in rows
    ]
