"""One person answering a questionnaire: a question a page, each answer kept at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import jsonify, redirect, request
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.formatting import clock_time
from admin_app.core.pages import invalid, or_404, render
from admin_app.questionnaires.forms import question_form
from admin_app.questionnaires.model import Questionnaire

Reply = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sitting:
    """What the pages need.

    Args:
        about: small words above the question (the training).
        address: the address of a step: 1 is the first question, one more than the last is the
            summary, zero the welcome.
        save: keeps the answers given so far; `finish` sends them, once.
        extras: what the page shows below each question (links), as template context.
    """

    questionnaire: Questionnaire
    answers: dict[str, Any]
    answered_at: datetime | None
    about: str
    address: Callable[[int], str]
    save: Callable[[dict[str, Any]], Any]
    finish: Callable[[], Any]
    extras: dict[str, Any]


def sit(sitting: Sitting, step: int) -> Reply:
    """The page of that step: welcome, a question, or the summary before sending."""
    if sitting.answered_at is not None:
        return render("questionnaires/done.html", sitting=sitting)
    last = len(sitting.questionnaire.questions) + 1
    if step == 0:
        return render("questionnaires/welcome.html", sitting=sitting, next_url=sitting.address(1))
    if step == last:
        return _summary(sitting, last)
    or_404(step if 0 < step < last else None)
    return _question(sitting, step)


def _question(sitting: Sitting, step: int) -> Reply:
    question = sitting.questionnaire.questions[step - 1]
    form = question_form(question, sitting.answers.get(question.key))
    if form.is_sent:
        sitting.save({question.key: form.answer.data or ""})
        if _wants_json():
            return jsonify(saved_at=clock_time(clock.now()))
        return redirect(sitting.address(step + 1), code=303)
    if _wants_json():
        return jsonify(errors=form.errors), 422  # type: ignore[return-value]
    shown = invalid if request.method == "POST" else render
    return shown(
        "questionnaires/question.html",
        sitting=sitting,
        form=form,
        question=question,
        step=step,
        steps=len(sitting.questionnaire.questions),
        back_url=sitting.address(step - 1),
        save_url=sitting.address(step),
        **sitting.extras,
    )


def _summary(sitting: Sitting, last: int) -> Reply:
    missing = sitting.questionnaire.missing(sitting.answers)
    if request.method == "POST":
        if missing:
            return redirect(sitting.address(missing[0]), code=303)
        sitting.finish()
        return redirect(sitting.address(0), code=303)
    return render(
        "questionnaires/summary.html",
        sitting=sitting,
        shown=sitting.questionnaire.shown(sitting.answers),
        missing=missing,
        back_url=sitting.address(last - 1),
        send_url=sitting.address(last),
        **sitting.extras,
    )


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"
