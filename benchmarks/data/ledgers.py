"""The sheets that a cohort fills."""

from admin_app.coverage.operations import COLUMNS
from benchmarks.data.house import PROGRAMME, VERSION
from benchmarks.data.sheets import Book


class Ledgers:
    """One sheet for each table that a cohort leaves rows in."""

    def __init__(self, book: Book) -> None:
        sheet = book.sheet
        self.cohort = sheet(
            "cohort",
            "id reference title search version_id standard_version_id starts_on ends_on modality "
            "place_id remote_url created_at created_by",
        )
        self.half_day = sheet(
            "half_day",
            "id cohort_id day period starts_at ends_at minutes is_remote theme",
        )
        self.assignment = sheet("assignment", "id cohort_id trainer_id assigned_at")
        self.sponsor = sheet("cohort_client", "id cohort_id client_id price contact_id added_at")
        self.enrolment = sheet(
            "enrolment",
            "id cohort_id trainee_id client_id employer pays_personally enrolled_at left_on "
            "left_recorded_at departure departure_reason",
        )
        self.mark = sheet(
            "mark",
            "id half_day_id enrolment_id state minutes_late minutes_early reason marked_at "
            "marked_by",
        )
        self.signature = sheet(
            "signature",
            "id half_day_id enrolment_id assignment_id way channel typed_name strokes signed_at ip "
            "user_agent",
        )
        self.closing = sheet("closing", "id half_day_id closed_at closed_by present absent")
        self.evidence = sheet(
            "evidence",
            "id piece scope_kind scope_id cohort_id source_kind source_id label occurred_on "
            "recorded_at recorded_by outcome sha256 facts flags document_id",
        )
        self.expectation = sheet(
            "expectation",
            " ".join(("id", *COLUMNS, "refreshed_at")),
        )
        self.document = sheet(
            "document",
            "id number kind version title label subject_kind subject_id cohort_id issued_at "
            "issued_by template_version data data_sha256 sha256 size",
        )
        self.mail = sheet(
            "mail_message",
            "id template to_email to_name subject text html attachments about_kind about_id "
            "cohort_id created_at state tries sent_at",
        )
        self.link = sheet(
            "personal_link",
            "id uid purpose actor_kind subject_kind subject_id label email created_at expires_at",
        )
        self.journal = sheet(
            "journal_entry",
            "id at recorded_at actor_kind actor_id actor_label action subject_kind subject_id "
            "cohort_id summary details ip user_agent",
        )
        self.positioning = sheet(
            "positioning", "id enrolment_id sent_at answers saved_at answered_at"
        )
        self.survey = sheet(
            "survey",
            "id kind cohort_id scope_kind scope_id respondent email sent_at due_on answers "
            "saved_at answered_at refused_why",
        )
        self.assessment = sheet(
            "assessment", "id enrolment_id method assessed_on recorded_at recorded_by"
        )
        self.result = sheet("assessment_result", "id assessment_id rank objective result")
        self.certificate = sheet(
            "certificate",
            "id kind enrolment_id cohort_id document_id attended_minutes planned_minutes "
            "issued_at sent_at",
        )
        self.joining = sheet(
            "joining_instructions", "id enrolment_id document_id message_id enclosed sent_at"
        )
        self.needs = sheet(
            "needs_analysis",
            "id client_id cohort_id held_on with_whom led_by context sponsor_expectations "
            "trainee_expectations constraints level conclusions recorded_at recorded_by",
        )
        self.agreement = sheet(
            "agreement",
            "id reference kind cohort_id client_id enrolment_id price headcount signatory_name "
            "signatory_quality signatory_email state document_id signed_document_id created_at "
            "issued_at sent_at signed_on concluded_at",
        )
        self.agreement_signature = sheet(
            "agreement_signature",
            "id agreement_id side name quality way consent strokes document_sha256 signed_at "
            "signed_on signed_by",
        )
        self.resource = sheet(
            "resource_file",
            "id cohort_id title name mime sha256 size added_at added_by shared_at",
        )
        self.fetch = sheet("resource_fetch", "id resource_id enrolment_id fetched_at")
        self.request = sheet(
            "adaptation_request",
            "id reference search version_id client_id cohort_id organisation contact_name email "
            "context audience wished_changes state received_at answer_due_on decided_at "
            "decided_by decision_reason adapted_version_id",
        )
        self.adaptation = sheet(
            "adaptation", "id request_id label half_day_id applied_at applied_by"
        )
        self.accommodation = sheet(
            "accommodation",
            "id enrolment_id received_at need contact consent state measures decided_at "
            "decided_by follow_up",
        )
        self.programme = sheet("programme", PROGRAMME)
        self.version = sheet("programme_version", VERSION)
