"""Risks: the list with its matrix, one risk, what is done and seen about it."""

from datetime import timedelta
from typing import Any

from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, keep, or_404, page_number, render
from admin_app.quality import owners
from admin_app.quality.answers import Reply, answer, did, filters
from admin_app.quality.drawn import drawn_from
from admin_app.quality.fields import WhyForm
from admin_app.quality.pieces import YEAR, last_days, rhythm
from admin_app.quality.risks import forms, operations, queries
from admin_app.quality.risks.models import Risk, RiskMeasure
from admin_app.quality.risks.office.pages import ENTER, MANAGE, READ, pages
from admin_app.quality.risks.words import (
    DOMAINS,
    FACT_KINDS,
    IMPACT_HINTS,
    IMPACTS,
    LIKELIHOOD_HINTS,
    LIKELIHOODS,
    SCALE_SENTENCE,
)

FILTERS = [
    ("to-review", "à revoir"),
    ("late-measures", "dont une mesure est en retard"),
    ("closed", "clos"),
    ("all", "tous"),
]


@pages.get("/", allow=READ)
def index() -> str:
    """The open risks, those rated highest first, under the matrix."""
    sought, today = filters("q", "etat", "domaine", "vraisemblance", "gravite"), clock.today()
    wanted = queries.Wanted(
        q=sought["q"],
        state=sought["etat"],
        domain=sought["domaine"],
        likelihood=_degree(sought["vraisemblance"]),
        impact=_degree(sought["gravite"]),
    )
    page = queries.risks(wanted, today, page_number())
    return render(
        "quality/risks/index.html",
        page=page.map(lambda one: (one, queries.review_due(one))),
        counts=queries.counts(today),
        matrix=queries.matrix(),
        analysed=rhythm(last_days(["risk-analysis"]).get("risk-analysis"), YEAR, today),
        filters=FILTERS,
        is_filtered=wanted.is_narrow,
        is_new=not page.items and not wanted.is_narrow and not queries.has_any(),
        **_words(),
    )


@pages.form("/ecrire", allow=ENTER)
def add() -> Reply:
    """Write a risk down."""
    form = forms.WriteForm(data={"on": clock.today()})
    form.offer(owners.choices(clock.now()))
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.write_down(
                form.described(), form.rated(), by=current_actor(), at=clock.now()
            ),
        )
        if made is not None:
            return _back(made, f"Le risque {made.reference} est écrit.")
    return answer("quality/risks/write.html", form=form, **_words())


@pages.get("/<int:risk_id>", allow=READ)
def show(risk_id: int) -> str:
    """One risk: how it is rated and was, what is done, what showed it."""
    found = or_404(queries.risk(risk_id))
    return render(
        "quality/risks/show.html",
        risk=found,
        due_on=queries.review_due(found),
        ratings=queries.ratings(risk_id),
        measures=queries.measures(risk_id),
        facts=queries.facts(risk_id),
        story=queries.story(risk_id),
        drawn=drawn_from("risk", risk_id),
        **_words(),
    )


@pages.form("/<int:risk_id>/modifier", allow=ENTER)
def edit(risk_id: int) -> Reply:
    """Change what a risk is, or who watches it."""
    found = or_404(queries.risk(risk_id))
    form = forms.DescribeForm(data=forms.card_of(found))
    form.offer(owners.choices(clock.now()))
    if did(
        form,
        lambda: operations.describe(found, form.described(), by=current_actor(), at=clock.now()),
    ):
        return _back(found, "Le risque est modifié.")
    return answer("quality/risks/edit.html", form=form, risk=found)


@pages.form("/<int:risk_id>/revoir", allow=MANAGE)
def review(risk_id: int) -> Reply:
    """Look at a risk again."""
    found = or_404(queries.risk(risk_id))
    start = {
        "on": clock.today(),
        "likelihood": str(found.likelihood),
        "impact": str(found.impact),
    }
    form = forms.RateForm(data=start)
    if did(
        form,
        lambda: operations.review(found, form.rated(), by=current_actor(), at=clock.now()),
    ):
        return _back(found, "Le risque est revu ; sa cotation s’ajoute aux précédentes.")
    context = {"measures": queries.measures(risk_id), "facts": queries.facts(risk_id)}
    return answer("quality/risks/review.html", form=form, risk=found, **context, **_words())


@pages.form("/<int:risk_id>/mesures", allow=ENTER)
def add_measure(risk_id: int) -> Reply:
    """Say what is done against a risk."""
    found, form = or_404(queries.risk(risk_id)), forms.MeasureForm()
    form.offer(owners.choices(clock.now()))
    if did(form, lambda: _measure(found, form)):
        return _back(found, "La mesure est notée.")
    return answer("quality/risks/measure.html", form=form, risk=found)


@pages.form("/<int:risk_id>/mesures/<int:measure_id>/en-place", allow=ENTER)
def measure_done(risk_id: int, measure_id: int) -> Reply:
    """Say that a measure is in place."""
    found = or_404(queries.risk(risk_id))
    measure = or_404(queries.measure(risk_id, measure_id))
    form = forms.MeasureDoneForm(data={"on": clock.today()})
    if did(form, lambda: _measure_done(found, measure, form)):
        return _back(found, "La mesure est en place.")
    return answer("quality/risks/measure_done.html", form=form, risk=found, measure=measure)


@pages.form("/<int:risk_id>/mesures/<int:measure_id>/abandonner", allow=MANAGE)
def drop_measure(risk_id: int, measure_id: int) -> Reply:
    """Give a measure up."""
    found = or_404(queries.risk(risk_id))
    measure = or_404(queries.measure(risk_id, measure_id))
    form = forms.EndForm(data={"on": clock.today()})
    if did(form, lambda: _drop(found, measure, form)):
        return _back(found, "La mesure est abandonnée ; elle reste lisible.")
    return answer("quality/risks/measure_drop.html", form=form, risk=found, measure=measure)


@pages.form("/<int:risk_id>/faits", allow=ENTER)
def add_fact(risk_id: int) -> Reply:
    """Tie a fact to a risk."""
    found = or_404(queries.risk(risk_id))
    known = filters("origine", "reference")
    form = forms.FactForm(
        data={"fact_kind": known["origine"], "fact_reference": known["reference"]}
    )
    if did(
        form,
        lambda: operations.link_fact(found, form.pointed(), by=current_actor(), at=clock.now()),
    ):
        return _back(found, "Le fait est rattaché.")
    recent = queries.recent_facts(clock.today() - timedelta(days=YEAR))
    return answer("quality/risks/fact.html", form=form, risk=found, recent=recent)


@pages.form("/<int:risk_id>/clore", allow=MANAGE)
def close(risk_id: int) -> Reply:
    """Close a risk that is one no more."""
    found = or_404(queries.risk(risk_id))
    form = forms.EndForm(data={"on": clock.today()})
    if did(form, lambda: _close(found, form)):
        return _back(found, "Le risque est clos ; il reste lisible.")
    return answer("quality/risks/close.html", form=form, risk=found)


@pages.form("/<int:risk_id>/rouvrir", allow=MANAGE)
def reopen(risk_id: int) -> Reply:
    """Reopen a risk."""
    found, form = or_404(queries.risk(risk_id)), WhyForm()
    why = form.why.data or ""
    if did(form, lambda: operations.reopen(found, why, by=current_actor(), at=clock.now())):
        return _back(found, "Le risque est rouvert.")
    return answer("quality/risks/reopen.html", form=form, risk=found)


def _degree(text: str) -> int:
    return int(text) if text in {str(one) for one in LIKELIHOODS} else 0


def _measure(found: Risk, form: forms.MeasureForm) -> RiskMeasure:
    return operations.add_measure(
        found,
        form.words.data or "",
        owner_id=form.owner_id.data or 0,
        owner_name=form.owner_name.data or "",
        due_on=form.due_on.data,
        by=current_actor(),
        at=clock.now(),
    )


def _measure_done(found: Risk, measure: RiskMeasure, form: forms.MeasureDoneForm) -> RiskMeasure:
    on, words = form.on.data, form.words.data or ""
    return operations.measure_done(
        found, measure, on=on, words=words, by=current_actor(), at=clock.now()
    )


def _drop(found: Risk, measure: RiskMeasure, form: forms.EndForm) -> RiskMeasure:
    on, why = form.on.data, form.why.data or ""
    return operations.drop_measure(
        found, measure, on=on, why=why, by=current_actor(), at=clock.now()
    )


def _close(found: Risk, form: forms.EndForm) -> Risk:
    why = form.why.data or ""
    return operations.close(found, on=form.on.data, why=why, by=current_actor(), at=clock.now())


def _back(found: Risk, words: str) -> Response:
    return go("risks_office.show", words, risk_id=found.id)


def _words() -> dict[str, Any]:
    return {
        "domains": DOMAINS,
        "likelihoods": LIKELIHOODS,
        "impacts": IMPACTS,
        "likelihood_hints": LIKELIHOOD_HINTS,
        "impact_hints": IMPACT_HINTS,
        "scale_sentence": SCALE_SENTENCE,
        "fact_kinds": FACT_KINDS,
        "today": clock.today(),
    }
