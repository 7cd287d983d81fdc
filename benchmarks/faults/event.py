"""Faults of events, and what all subjects need."""

from benchmarks.faults.fault import Fault

FAULTS = (
    Fault(
        "a pool that was set by hand is worked out anew",
        "matchmaker/services/event/pools.py",
        "if not one.pool_reason and one.pool is not pool:",
        "if one.pool is not pool:",
        ("tests/services/event/test_pools.py",),
    ),
    Fault(
        "a round may be put before one that a plan names",
        "matchmaker/services/event/set_up_event.py",
        "return plans.next_version(session, event.id) > 1",
        "return False",
        ("tests/services/event/test_set_up_event.py",),
    ),
    Fault(
        "an answer of 422 is committed",
        "matchmaker/web/transaction.py",
        "(response.status_code < 400 or",
        "(response.status_code < 500 or",
        ("tests/web/test_transaction.py",),
    ),
    Fault(
        "anybody makes an event",
        "matchmaker/services/event/make_event.py",
        "return person.is_owner or bool(events.organised_by(session, person.id))",
        "return True",
        ("tests/services/event/test_make_event.py", "tests/web/event/test_new_event.py"),
    ),
    Fault(
        "an event like another has its rounds on the other's day",
        "matchmaker/services/event/make_event.py",
        "datetime.combine(event.held_on, clock, event.tz)",
        "datetime.combine(like.held_on, clock, event.tz)",
        ("tests/services/event/test_make_event.py",),
    ),
    Fault(
        "an event like another has its rounds an hour off in summer",
        "matchmaker/services/event/make_event.py",
        "one.starts_at.astimezone(like.tz).time()",
        "one.starts_at.time()",
        ("tests/services/event/test_make_event.py",),
    ),
    Fault(
        "what somebody waits for stands behind long work",
        "matchmaker/store/turns.py",
        "(or_(Job.kind.in_(urgency.awaited), Job.asked_at < at - PATIENCE), 0),",
        "(Job.asked_at < at - PATIENCE, 0),",
        ("tests/jobs/test_work.py",),
    ),
    Fault(
        "all workers do long work",
        "matchmaker/jobs/urgency.py",
        "max(1, workers - 1)",
        "max(1, workers)",
        ("tests/jobs/test_work.py",),
    ),
    Fault(
        "an event with work running goes before one with none",
        "matchmaker/store/turns.py",
        "            running,\n            last_turn",
        "            last_turn",
        ("tests/jobs/test_work.py",),
    ),
    Fault(
        "a job that was put back is begun again at once",
        "matchmaker/store/turns.py",
        "or_(Job.heartbeat_at.is_(None), Job.heartbeat_at <= at)",
        "at is not None",
        ("tests/jobs/test_work.py",),
    ),
    Fault(
        "each connection to SQLite takes the process's locks from it",
        "matchmaker/store/private_files.py",
        "os.O_CREAT | os.O_EXCL | os.O_RDWR",
        "os.O_CREAT | os.O_RDWR",
        ("tests/store/test_session.py",),
    ),
    Fault(
        "another organiser ends the screen's address that was just made",
        "matchmaker/web/organisers/credits/wall.py",
        'request.form.get("was") not in (None, event().wall_key or "")',
        'request.form.get("was") == "x"',
        ("tests/web/test_presses_at_once.py",),
    ),
)
