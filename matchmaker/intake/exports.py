"""Whose export a list is, known by its columns; and what its columns mean there and nowhere else."""

from collections.abc import Iterable, Mapping

from matchmaker.intake.columns import normal

EXPORTS: Mapping[str, str] = {
    "eventbrite": "an Eventbrite attendee report",
    "pretix": "a pretix export",
    "indico": "an Indico list of registrations",
    "microsoft-forms": "Microsoft Forms answers",
    "luma": "a Luma guest list",
    "meetup": "a Meetup attendee list",
    "tito": "a Tito ticket list",
    "zoom": "a Zoom registration report",
    "hi-events": "a Hi.Events attendee list",
    "google-forms": "Google Forms answers",
    "surveymonkey": "SurveyMonkey answers",
    "qualtrics": "Qualtrics answers",
    "limesurvey": "LimeSurvey answers",
    "kobo": "KoboToolbox answers",
    "typeform": "Typeform answers",
    "jotform": "Jotform answers",
    "teams": "a Microsoft Teams attendance report",
    "outlook": "the answers to an Outlook invitation",
    "template": "our own template",
}
"""Export → what it is called on a page, after “This looks like”."""

_SIGNATURES: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (form, frozenset(name.strip() for name in names.split("|")))
    for form, names in (
        ("template", "datasets stuck on | agrees to a meeting of three"),
        ("tito", "ticket full name | ticket email"),
        ("tito", "void status"),
        ("tito", "unique ticket url"),
        ("tito", "ticket reference | order reference"),
        ("luma", "approval status | qr code url"),
        ("luma", "api id | approval status"),
        ("luma", "guest api id | approval status"),
        ("luma", "guest id | approval status"),
        ("luma", "approval status | eth address"),
        ("luma", "approval status | checked in at | ticket name"),
        ("meetup", "rsvped on"),
        ("meetup", "url of member profile"),
        ("meetup", "rsvp | event host"),
        ("meetup", "user id | rsvp"),
        ("hi-events", "is checked in | status"),
        ("hi-events", "is checked in | ticket id"),
        ("hi-events", "short id | public id"),
        ("zoom", "registration time | approval status"),
        ("zoom", "time in session minutes"),
        ("zoom", "user name original name"),
        ("zoom", "name original name | join time"),
        ("zoom", "name original name | duration minutes"),
        ("teams", "first join | last leave"),
        ("teams", "participant id upn"),
        ("teams", "full name | user action"),
        ("teams", "in meeting duration"),
        ("outlook", "attendee | response"),
        ("outlook", "attendance | response"),
        ("outlook", "name | attendance | response"),
        ("qualtrics", "response id | recorded date"),
        ("qualtrics", "response id | response type"),
        ("qualtrics", "responseid | recordeddate"),
        ("qualtrics", "recorded date | distribution channel"),
        ("qualtrics", "recipientemail | distributionchannel"),
        ("qualtrics", "finished | duration in seconds"),
        ("surveymonkey", "respondent id | collector id"),
        ("surveymonkey", "respondent id | start date"),
        ("limesurvey", "response id | last page"),
        ("limesurvey", "response id | start language"),
        ("limesurvey", "submitdate | lastpage"),
        ("limesurvey", "submitdate | startlanguage"),
        ("limesurvey", "id | submitdate | seed"),
        ("kobo", "uuid | submission time"),
        ("kobo", "meta instanceid"),
        ("kobo", "start | end | id | index"),
        ("typeform", "network id"),
        ("typeform", "response type | stage date utc"),
        ("typeform", "start date utc | submit date utc"),
        ("typeform", "# | submitted at"),
        ("typeform", "submitted at | token"),
        ("jotform", "submission date | submission id"),
        ("jotform", "submission date"),
        ("microsoft-forms", "start time | completion time"),
        ("microsoft-forms", "startzeit | fertigstellungszeit"),
        ("microsoft-forms", "heure de début | heure de fin"),
        ("microsoft-forms", "hora de inicio | hora de finalización"),
        ("eventbrite", "order # | attendee status"),
        ("eventbrite", "order # | ticket type"),
        ("eventbrite", "order no | attendee no"),
        ("eventbrite", "order id | buyer email"),
        ("eventbrite", "order id | attendee status"),
        ("eventbrite", "order date | attendee status"),
        ("pretix", "order code | position id"),
        ("pretix", "order code | attendee name"),
        ("pretix", "pseudonymization id"),
        ("indico", "registration state"),
        ("indico", "registration date | name"),
    )
)
_FIRST_COLUMNS = frozenset(
    [
        "timestamp",
        "zeitstempel",
        "horodateur",
        "tijdstempel",
        "tidsstämpel",
        "marca temporal",
        "marca de tiempo",
        "informazioni cronologiche",
        "sygnatura czasowa",
        "carimbo de data hora",
        "carimbo de data/hora",
        "stamp amser",
    ]
)
_MEANINGS: Mapping[str, Mapping[str, str]] = {
    "qualtrics": {"status": "ignore", "response type": "ignore", "progress": "ignore"},
    "teams": {"role": "ignore", "duration": "ignore", "timestamp": "ignore"},
    "meetup": {"title": "ignore", "guests": "ignore", "event host": "ignore"},
    "zoom": {"approval status": "status", "address": "ignore", "organization": "organisation"},
    "outlook": {"attendee": "name", "response": "status", "attendance": "ignore"},
    "tito": {"ticket": "ignore", "number": "ignore", "event": "ignore", "tags": "ignore"},
    "kobo": {"status": "ignore", "notes": "ignore", "tags": "ignore"},
    "typeform": {"#": "ignore", "tags": "ignore", "response type": "ignore"},
    "surveymonkey": {"custom data 1": "ignore"},
    "limesurvey": {"token": "ignore"},
    "luma": {"name": "name"},
    "pretix": {"event": "ignore"},
}
"""Export → what a column of that name means in it."""


def export_format(headers: Iterable[str]) -> str:
    """Return whose export this is, a key of EXPORTS, or "".

    >>> export_format(["Attendee", "Attendance", "Response"]), export_format(["Name", "Email"])
    ('outlook', '')
    """
    listed = [normal(header) for header in headers]
    names = set(listed)
    found = next((form for form, signature in _SIGNATURES if signature <= names), "")
    return found or ("google-forms" if listed and listed[0] in _FIRST_COLUMNS else "")


def meaning(form: str, header: str) -> str:
    """Return the field that a column of this name holds in such an export, "" where the name says it."""
    return _MEANINGS.get(form, {}).get(normal(header), "")
