"""The team: who is in it, who does what, its meetings, its plan, what keeps its skills up."""

from datetime import datetime

from admin_app.core import clock
from admin_app.demo.files import read, section
from admin_app.demo.story.registers.book import Book, Known
from admin_app.staff import operations as staff
from admin_app.staff.models import StaffMember

KIND = "member"
YEAR = 365


def plan(book: Book) -> None:
    """Note the members and their roles, then the life of the team."""
    for rank, known in book.entries(KIND):
        book.note(391, f"14:{5 + 4 * rank:02}", _enter, book, known)
    for rank, known in book.entries("role"):
        book.note(391, f"15:{5 + 4 * rank:02}", _give_role, book, known)
    for ago, hour in ((391, "16:10"), (read("registers")["chart"]["ago"], "11:25")):
        book.note(ago, hour, _approve_chart, book)
    for _, known in book.entries("meeting"):
        book.note(known["ago"], "18:20", _meet, book, known)
    book.note(read("registers")["plan"]["ago"], "17:45", _decide_plan, book)
    for _, known in book.entries("staff-review"):
        book.note(known["ago"], "16:40", _review, book, known)
    for _, known in book.entries("staff-development"):
        book.note(known["ago"], "17:50", _develop, book, known)


def _enter(book: Book, known: Known, at: datetime) -> None:
    details = staff.MemberDetails(
        name=known["name"],
        role=known["role"],
        since=book.day(YEAR * known["years"]),
        trainer_id=book.world.trainers[known["key"]] if known.get("trainer") else None,
    )
    row = staff.add_member(details, by=book.world.users["administrator"], at=at)
    book.keep(KIND, known["key"], row)


def _give_role(book: Book, known: Known, at: datetime) -> None:
    member = book.row(StaffMember, KIND, known["member"]) if "member" in known else None
    details = staff.RoleDetails(
        kind=known["kind"],
        missions=known["missions"],
        member_id=member.id if member else None,
        holder=known.get("holder", ""),
        stand_in=known["stand_in"],
        since=clock.day_of(at),
    )
    staff.give_role(details, by=book.world.users["administrator"], at=at)


def _approve_chart(book: Book, at: datetime) -> None:
    by = book.world.users["administrator"]
    details = staff.ApprovalDetails(
        approved_on=clock.day_of(at), approved_by=by.label, note=read("registers")["chart"]["note"]
    )
    staff.approve_chart(details, by=by, at=at)


def _meet(book: Book, known: Known, at: datetime) -> None:
    details = staff.MeetingDetails(
        held_on=clock.day_of(at),
        present=known["present"],
        points=known["points"],
        decisions=known["decisions"],
    )
    staff.record_meeting(details, by=book.quality, at=at)


def _decide_plan(book: Book, at: datetime) -> None:
    known, day = read("registers")["plan"], clock.day_of(at)
    details = staff.PlanDetails(
        year=day.year, decided_on=day, needs=known["needs"], actions=known["actions"]
    )
    staff.decide_plan(details, by=book.world.users["administrator"], at=at)


def _member(book: Book, known: Known) -> StaffMember:
    return book.row(StaffMember, KIND, known["member"])


def _review(book: Book, known: Known, at: datetime) -> None:
    director = section("organisation", "account", "key", "administrator")["name"]
    details = staff.ReviewDetails(
        held_on=clock.day_of(at),
        held_by=director,
        exchanged=known["exchanged"],
        decisions=known["decisions"],
    )
    by = book.world.users["administrator"]
    staff.hold_review(_member(book, known), details, by=by, at=at)


def _develop(book: Book, known: Known, at: datetime) -> None:
    details = staff.DevelopmentDetails(
        kind=known["kind"],
        title=known["title"],
        done_on=clock.day_of(at),
        effect=known["effect"],
        minutes=60 * known["hours"],
    )
    staff.record_development(_member(book, known), details, by=book.quality, at=at)
