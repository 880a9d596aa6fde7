"""Questionnaires as data, asked one question a page, kept as they are answered."""

from admin_app.questionnaires.loader import load
from admin_app.questionnaires.model import Question, Questionnaire, Shown
from admin_app.questionnaires.sitting import Sitting, sit

__all__ = ["Question", "Questionnaire", "Shown", "Sitting", "load", "sit"]
