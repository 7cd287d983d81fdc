"""Faults of attendee lists."""

from benchmarks.faults.fault import Fault

FAULTS = (
    Fault(
        "nobody is kept apart from a name without its accents",
        "matchmaker/services/attendee_lists/recall_people.py",
        "found = list(self.named.get(name_key(said), {}).items())",
        "found = list(self.named.get(normalised(said), {}).items())",
        ("tests/services/attendee_lists/test_judge_rows.py",),
    ),
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
        "select(Exclusion.a_id, Exclusion.b_id).where(Exclusion.event_id == event_id)",
        "select(Exclusion.a_id, Exclusion.b_id)",
        ("tests/services/attendee_lists/test_recall_people.py",),
    ),
    Fault(
        "a list reads until two as the time somebody arrives",
        "matchmaker/intake/hours.py",
        "    if _LEAVES.fullmatch(text):\n        return None, clock(_bare(text), day)\n",
        "",
        ("tests/intake/test_hours.py",),
    ),
    Fault(
        "a list parts a title with commas for good",
        "matchmaker/services/attendee_lists/judge_rows.py",
        "[with_whole_titles(row, known.datasets, known.parted) for row in rows]",
        "[*rows]",
        ("tests/services/attendee_lists/test_whole_titles.py",),
    ),
    Fault(
        "a part that two titles have belongs to the first alone",
        "matchmaker/services/attendee_lists/whole_titles.py",
        "[part for part in whole[key] if place[part] not in taken]",
        "[part for part in whole[key] if not taken]",
        ("tests/services/attendee_lists/test_whole_titles.py",),
    ),
    Fault(
        "a note above a table becomes a part of its column names",
        "matchmaker/intake/header_and_rows.py",
        "        if recognise(joined) >= recognise(names):",
        "        if True:",
        ("tests/intake/test_list_files.py",),
    ),
    Fault(
        "an organisation that heads the lines below it becomes a person",
        "matchmaker/intake/headings.py",
        "        if _bare(text) in known or _bare(text).casefold() in known:",
        "        if False:",
        ("tests/intake/test_headings.py",),
    ),
    Fault(
        "whoever stands alone in a list of names may be a heading",
        "matchmaker/intake/headings.py",
        "    parted = len(alone) <= few and ",
        "    parted = True or ",
        ("tests/intake/test_headings.py",),
    ),
    Fault(
        "what a second line of one person says is lost",
        "matchmaker/intake/list_reading.py",
        "self.rows[place], differ = joined(first, row)",
        "_, differ = joined(first, row)",
        ("tests/intake/test_attendee_lists.py",),
    ),
    Fault(
        "a list brings back a spelling that was made one with another",
        "matchmaker/services/attendee_lists/judge_rows.py",
        "if home(now) != home(said) and not made_one:",
        "if now != said:",
        ("tests/services/attendee_lists/test_judge_rows.py",),
    ),
    Fault(
        "an unclaimed name counts as written to where no letter leaves",
        "matchmaker/web/organisers/credits/unclaimed.py",
        "    if no_mail():\n",
        "    if False:\n",
        ("tests/web/credits/test_unclaimed.py",),
    ),
)
