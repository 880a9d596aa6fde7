"""Acts on people: trainers and their skills, clients and their contacts, trainees."""

from admin_app.people.operations.clients import (
    ClientDetails,
    ContactDetails,
    add_contact,
    archive_client,
    change_client,
    change_contact,
    create_client,
    remove_contact,
    restore_client,
)
from admin_app.people.operations.development import (
    DevelopmentDetails,
    record_development,
    remove_development,
)
from admin_app.people.operations.diplomas import (
    DiplomaDetails,
    add_diploma,
    change_diploma,
    remove_diploma,
)
from admin_app.people.operations.funders import (
    FeedbackDetails,
    ask_funder,
    note_feedback,
    set_feedback_aside,
)
from admin_app.people.operations.reviews import ReviewDetails, record_review, remove_review
from admin_app.people.operations.skills import (
    SkillDetails,
    add_skill,
    change_skill,
    put_cv,
    remove_cv,
    remove_skill,
    withdraw_expired_skills,
)
from admin_app.people.operations.trainees import (
    TraineeDetails,
    change_trainee,
    create_trainee,
    find_or_create_trainee,
)
from admin_app.people.operations.trainers import (
    TrainerDetails,
    archive_trainer,
    change_trainer,
    create_trainer,
    restore_trainer,
)

__all__ = [
    "ClientDetails",
    "ContactDetails",
    "DevelopmentDetails",
    "DiplomaDetails",
    "FeedbackDetails",
    "ReviewDetails",
    "SkillDetails",
    "TraineeDetails",
    "TrainerDetails",
    "add_contact",
    "add_diploma",
    "add_skill",
    "archive_client",
    "archive_trainer",
    "ask_funder",
    "change_client",
    "change_contact",
    "change_diploma",
    "change_skill",
    "change_trainee",
    "change_trainer",
    "create_client",
    "create_trainee",
    "create_trainer",
    "find_or_create_trainee",
    "note_feedback",
    "put_cv",
    "record_development",
    "record_review",
    "remove_contact",
    "remove_cv",
    "remove_development",
    "remove_diploma",
    "remove_review",
    "remove_skill",
    "restore_client",
    "restore_trainer",
    "set_feedback_aside",
    "withdraw_expired_skills",
]
