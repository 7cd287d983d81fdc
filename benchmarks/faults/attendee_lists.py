"""Faults of attendee lists."""

from benchmarks.faults.fault import Fault

FAULTS = (
    Fault(
        "an import brings back who declined",
        "matchmaker/services/attendee_lists/recall_people.py",
        "GONE = (RegistrationState.DECLINED, RegistrationState.CANCELLED)",
        "GONE = (RegistrationState.CANCELLED,)",
        ("tests/services/attendee_lists/test_judge_rows.py",),
    ),
    Fault(
        "an import writes over somebody's own words",
        "matchmaker/services/attendee_lists/judge_rows.py",
        "if now and not free:",
        "if False:",
        ("tests/services/attendee_lists/test_judge_rows.py",),
    ),
    Fault(
        "exclusions of another event are known to an import",
        "matchmaker/store/people/exclusions.py",
        ".where(Exclusion.event_id == event_id)\n            .options",
        ".options",
        ("tests/services/attendee_lists/test_recall_people.py",),
    ),
)
