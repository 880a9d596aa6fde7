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
    "SkillDetails",
    "TraineeDetails",
    "TrainerDetails",
    "add_contact",
    "add_skill",
    "archive_client",
    "archive_trainer",
    "change_client",
    "change_contact",
    "change_skill",
    "change_trainee",
    "change_trainer",
    "create_client",
    "create_trainee",
    "create_trainer",
    "find_or_create_trainee",
    "put_cv",
    "remove_contact",
    "remove_cv",
    "remove_skill",
    "restore_client",
    "restore_trainer",
    "withdraw_expired_skills",
]
