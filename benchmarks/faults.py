"""Break the product on purpose, one fault at a time, and say which faults no test finds.

    python benchmarks/faults.py            # all of them, about ten minutes
    python benchmarks/faults.py seal block # those with one of these words in their names

Each fault is one edit in a scratch copy of this tree, in which the named tests are run until the first failure, on
SQLite alone. It ends with 1 if a fault survived, or if its text is not there any more. Not part of CI.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_BEHIND = shutil.ignore_patterns(".*", "node_modules", "__pycache__", "instance", "demo")
FAILED = 1
"""What pytest ends with when tests failed; anything but this and 0 is no answer."""


@dataclass(frozen=True)
class Fault:
    """What is broken: the one place in a file where `text` stands becomes `instead`; `tests` should notice."""

    name: str
    file: str
    text: str
    instead: str
    tests: tuple[str, ...]


FAULTS = (
    # people
    Fault(
        "a code never expires",
        "matchmaker/services/sign_in_by_code.py",
        "row.expires_at = at + timedelta(minutes=CODE_MINUTES)",
        "row.expires_at = at + timedelta(days=400)",
        ("tests/services/test_sign_in_by_code.py",),
    ),
    Fault(
        "a code that was used opens again",
        "matchmaker/store/people/sign_in_codes.py",
        "delete(MailedCode).where(MailedCode.email == email, MailedCode.code_hash == code_hash)",
        "update(MailedCode).where(MailedCode.email == email, MailedCode.code_hash == code_hash).values(attempts=0)",
        ("tests/services/test_sign_in_by_code.py",),
    ),
    Fault(
        "a personal code never expires",
        "matchmaker/services/sign_in_by_code.py",
        "return max(end_of_event, at + timedelta(days=1))",
        "return max(end_of_event, at + timedelta(days=1000))",
        ("tests/services/test_sign_in_by_code.py",),
    ),
    Fault(
        "the window of a rate limit is ignored",
        "matchmaker/store/people/sign_in_codes.py",
        "Attempt.kind == kind, Attempt.key == key, Attempt.at >= since",
        "Attempt.kind == kind, Attempt.key == key",
        ("tests/services/test_rate_limits.py",),
    ),
    Fault(
        "a rate limit counts everybody's tries together",
        "matchmaker/store/people/sign_in_codes.py",
        "Attempt.kind == kind, Attempt.key == key, Attempt.at >= since",
        "Attempt.kind == kind, Attempt.at >= since",
        ("tests/services/test_rate_limits.py",),
    ),
    Fault(
        "data is erased on the erase date, a day early",
        "matchmaker/store/event/events.py",
        "Event.erase_on < today",
        "Event.erase_on <= today",
        ("tests/services/people/test_erase_people.py",),
    ),
    Fault(
        "the directory finds people without their consent",
        "matchmaker/store/people/directory.py",
        "        Registration.in_directory.is_(True),\n",
        "",
        ("tests/services/people/test_list_in_directory.py", "tests/web/people/test_directory.py"),
    ),
    Fault(
        "a directory finds whoever agreed at another event",
        "matchmaker/store/people/directory.py",
        "Registration.event_id == event_id,\n        Registration.in_directory",
        "Registration.in_directory",
        ("tests/services/people/test_list_in_directory.py", "tests/web/people/test_directory.py"),
    ),
    Fault(
        "presence is marked at every event",
        "matchmaker/store/people/presence.py",
        "Registration.id == registration.id, Registration.presence != presence",
        "Registration.person_id == registration.person_id, Registration.presence != presence",
        ("tests/services/people/test_record_presence.py",),
    ),
    Fault(
        "being marked again moves the time",
        "matchmaker/store/people/presence.py",
        "Registration.id == registration.id, Registration.presence != presence",
        "Registration.id == registration.id",
        ("tests/services/people/test_record_presence.py",),
    ),
    Fault(
        "a no empties the lists of every event",
        "matchmaker/store/suggestions/suggestions.py",
        "Suggestion.event_id == event_id,\n            (Suggestion.person_id == person_id)",
        "(Suggestion.person_id == person_id)",
        ("tests/services/people/test_coming.py",),
    ),
    Fault(
        "those who said no are invited again",
        "matchmaker/services/people/invite_people.py",
        "Invitees.EVERYBODY: guest_list.coming(),",
        "Invitees.EVERYBODY: guest_list.anybody(),",
        ("tests/services/people/test_invite_people.py",),
    ),
    Fault(
        "a code is made for somebody of another event",
        "matchmaker/services/event/organisers.py",
        "return (owners | organising | attending) - {organiser.id}",
        "return (owners | organising) - {organiser.id}",
        ("tests/services/event/test_organisers.py",),
    ),
    # attendee lists
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
    # catalogue
    Fault(
        "a merged dataset is found",
        "matchmaker/store/catalogue/dataset_search.py",
        "        Dataset.merged_into_id.is_(None),\n",
        "",
        ("tests/services/catalogue/test_merge_datasets.py",),
    ),
    Fault(
        "a merge leaves what people use behind",
        "matchmaker/services/catalogue/merge_datasets.py",
        'rank=lambda one: USE_RANK.index(one.kind),\n        change={"dataset_id": keep_id},',
        "rank=lambda one: USE_RANK.index(one.kind),\n        change={},",
        ("tests/services/catalogue/test_merge_datasets.py",),
    ),
    # suggestions
    Fault(
        "nobody is kept from being on too many lists",
        "matchmaker/matching/choose.py",
        "most = max(1, int(MOST_LISTS * min(top, max(people - 1, 1))))",
        "most = people",
        ("tests/matching/test_suggest.py", "tests/matching/test_coverage.py"),
    ),
    Fault(
        "the bridge is of the same organisation",
        "matchmaker/matching/choose.py",
        "if homes[a] and homes[b] and homes[a] != homes[b]:",
        "if homes[a] and homes[b]:",
        ("tests/matching/test_suggest.py", "tests/matching/test_coverage.py"),
    ),
    Fault(
        "a block of another event is ignored where pairs are made",
        "matchmaker/store/people/profiles.py",
        "Answer.kind == AnswerKind.BLOCK,\n",
        "(Answer.kind == AnswerKind.BLOCK) & (Answer.event_id == event_id),\n",
        ("tests/services/plans/test_hall.py", "tests/services/people/test_coming.py"),
    ),
    Fault(
        "a block of another event is ignored on a list",
        "matchmaker/store/suggestions/suggestions.py",
        "            Answer.kind == AnswerKind.BLOCK,\n",
        "            and_(Answer.event_id == event_id, Answer.kind == AnswerKind.BLOCK),\n",
        (
            "tests/services/suggestions/test_give_answers.py",
            "tests/services/suggestions/test_suggest_people.py",
        ),
    ),
    Fault(
        "an answer of another event is a reason to speak of somebody",
        "matchmaker/store/suggestions/answers.py",
        "            Answer.event_id == event_id, Answer.person_id == person_id, Answer.about_id == about_id\n"
        "        )\n    )\n\n\ndef given",
        "            Answer.person_id == person_id, Answer.about_id == about_id\n        )\n    )\n\n\ndef given",
        ("tests/services/suggestions/test_give_answers.py",),
    ),
    Fault(
        "a not-for-me leaves the two on each other's lists",
        "matchmaker/services/suggestions/give_answers.py",
        "if kind not in (None, AnswerKind.MEET):",
        "if kind is AnswerKind.BLOCK:",
        ("tests/services/suggestions/test_give_answers.py",),
    ),
    # credits
    Fault(
        "sealed thanks are shown",
        "matchmaker/services/credits/build_labels.py",
        "visible=not (row.moderated or row.sealed),",
        "visible=not row.moderated,",
        ("tests/services/credits/test_show_labels.py",),
    ),
    Fault(
        "hidden thanks are shown",
        "matchmaker/services/credits/build_labels.py",
        "visible=not (row.moderated or row.sealed),",
        "visible=not row.sealed,",
        ("tests/services/credits/test_show_labels.py",),
    ),
    Fault(
        "the label of a hidden credit is shown",
        "matchmaker/store/credits/contributions.py",
        "        if self.moderated:",
        "        if False:",
        ("tests/services/credits/test_build_labels.py", "tests/services/credits/test_show_labels.py"),
    ),
    Fault(
        "an unclaimed name is shown before a yes",
        "matchmaker/store/credits/unclaimed.py",
        "return and_(UnclaimedCredit.state == UnclaimedState.SHOWN, UnclaimedCredit.moderated.is_(False))",
        "return UnclaimedCredit.moderated.is_(False)",
        ("tests/services/credits/test_name_strangers.py", "tests/services/credits/test_build_labels.py"),
    ),
    Fault(
        "a withdrawn thanks is still hidden by organisers",
        "matchmaker/store/credits/moderation.py",
        "Endorsement.moderated, Endorsement.state.in_(LIVE))",
        "Endorsement.moderated)",
        ("tests/services/credits/test_moderate_credits.py",),
    ),
    Fault(
        "an organiser decides about their own thanks",
        "matchmaker/services/credits/moderate_credits.py",
        "return person.id in (subject.giver_id, subject.receiver_id)",
        "return person.id == subject.giver_id",
        ("tests/services/credits/test_moderate_credits.py",),
    ),
    Fault(
        "opening a round opens every event's",
        "matchmaker/store/credits/endorsements.py",
        ".where(Endorsement.event_id == event_id, Endorsement.sealed)",
        ".where(Endorsement.sealed)",
        ("tests/services/credits/test_moderate_credits.py",),
    ),
    Fault(
        "the allowance of thanks counts every event",
        "matchmaker/store/credits/endorsements.py",
        "        Endorsement.event_id == event_id, Endorsement.giver_id == giver_id, Endorsement.state.in_(LIVE)\n"
        "    )\n    in_all",
        "        Endorsement.giver_id == giver_id, Endorsement.state.in_(LIVE)\n    )\n    in_all",
        (
            "tests/services/credits/test_several_thanks.py",
            "tests/services/credits/test_endorse_colleagues.py",
        ),
    ),
    Fault(
        "whoever said no is named again",
        "matchmaker/services/credits/name_strangers.py",
        "    if hashed and unclaimed.removed_address(session, hashed):\n        return\n",
        "",
        ("tests/services/credits/test_name_strangers.py",),
    ),
    Fault(
        "somebody takes what they stated themselves onto a label",
        "matchmaker/services/credits/claim_credits.py",
        "state=ContributionState.CLAIMED if row.named_by_id == person.id else state,",
        "state=state,",
        ("tests/services/credits/test_claim_credits.py",),
    ),
    Fault(
        "words that changed since they were read are agreed to",
        "matchmaker/services/credits/accept_credits.py",
        "if read_at is not None and endorsement.changed_at != read_at:",
        "if False:",
        ("tests/services/credits/test_accept_credits.py",),
    ),
    Fault(
        "public labels tell of people who left",
        "matchmaker/store/credits/audiences.py",
        "Registration.event_id.in_(public), Registration.state.in_(COMING)",
        "Registration.event_id.in_(public)",
        ("tests/services/credits/test_show_labels.py",),
    ),
    # plans
    Fault(
        "the published plan of another event is read",
        "matchmaker/store/plans/plans.py",
        "return session.scalar(select(Plan).where(Plan.event_id == event_id, Plan.state == PlanState.PUBLISHED))",
        "return session.scalar(select(Plan).where(Plan.state == PlanState.PUBLISHED))",
        ("tests/services/event/test_set_up_event.py", "tests/services/suggestions/test_give_answers.py"),
    ),
    Fault(
        "a draft is read as the published plan",
        "matchmaker/store/plans/plans.py",
        "return session.scalar(select(Plan).where(Plan.event_id == event_id, Plan.state == PlanState.PUBLISHED))",
        "return session.scalar(select(Plan).where(Plan.event_id == event_id).limit(1))",
        ("tests/services/plans/test_calendar.py", "tests/services/suggestions/test_give_answers.py"),
    ),
    Fault(
        "needs for quiet tables are ignored",
        "matchmaker/services/plans/hall.py",
        "table.quiet",
        "True",
        ("tests/services/plans/test_hall.py",),
    ),
    Fault(
        "exclusions of another event keep people apart",
        "matchmaker/store/people/profiles.py",
        "            Exclusion.event_id == event_id, among(Exclusion.a_id, people)\n",
        "            among(Exclusion.a_id, people)\n",
        ("tests/services/people/test_coming.py",),
    ),
    Fault(
        "somebody absent stands in",
        "matchmaker/services/plans/stand_ins.py",
        "if row.state in COMING and row.presence is not Presence.ABSENT",
        "if row.state in COMING",
        ("tests/services/plans/test_stand_ins.py",),
    ),
    Fault(
        "a meeting of somebody absent takes place",
        "matchmaker/store/people/registrations.py",
        "                Registration.presence != Presence.ABSENT,\n",
        "",
        ("tests/services/people/test_coming.py",),
    ),
    Fault(
        "the proof of a calendar's address is not compared",
        "matchmaker/services/plans/calendar.py",
        "return hmac.compare_digest(proof(secret_key, registration).encode(), said.encode())",
        "return bool(said)",
        ("tests/services/plans/test_calendar.py",),
    ),
    Fault(
        "a renewed calendar keeps its old address",
        "matchmaker/services/plans/calendar.py",
        "registration.calendar_turn += 1",
        "pass",
        ("tests/services/plans/test_calendar.py",),
    ),
    Fault(
        "a plan is mailed again to those for whom nothing changed",
        "matchmaker/services/plans/mail_plan.py",
        "    if before is not None:",
        "    if False:",
        ("tests/services/plans/test_mail_plan.py",),
    ),
    Fault(
        "a letter that another worker has is sent twice",
        "matchmaker/store/mail.py",
        "    if cast(CursorResult[Any], taken).rowcount != 1:\n        return None\n    return session.get(Mail",
        "    return session.get(Mail",
        ("tests/jobs/test_outbox.py",),
    ),
    Fault(
        "a plan that breaks a rule is kept",
        "matchmaker/services/plans/solve_plan.py",
        "    if faults:\n        raise RuleBroken",
        "    if False:\n        raise RuleBroken",
        ("tests/services/plans/test_solve_plan.py",),
    ),
    # the event, and what all need
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
)


def main(words: list[str]) -> int:
    """Try the faults whose names have one of the words, or all; return how the program ends."""
    chosen = [one for one in FAULTS if not words or any(word in one.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="faults-") as scratch:
        tree = Path(scratch) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT_BEHIND)
        answers = {one.name: attempt(one, tree) for one in chosen}
    survivors = [name for name, answer in answers.items() if answer != "found"]
    print(f"{len(chosen)} faults, {len(chosen) - len(survivors)} found; not found: {survivors or 'none'}")
    return bool(survivors)


def attempt(fault: Fault, tree: Path) -> str:
    """Break the tree, run the tests, mend it again; say "found", "survived" or what went wrong."""
    path = tree / fault.file
    whole = path.read_text()
    if whole.count(fault.text) != 1:
        answer = f"its text stands in {fault.file} {whole.count(fault.text)} times, not once"
    else:
        path.write_text(whole.replace(fault.text, fault.instead))
        code = run(fault.tests, tree)
        path.write_text(whole)
        answer = {FAILED: "found", 0: "survived"}.get(code, f"pytest ended with {code}")
    print(f"{answer}: {fault.name}", flush=True)
    return answer


def run(tests: tuple[str, ...], tree: Path) -> int:
    """Run tests in the tree until the first failure; return what pytest ends with."""
    nowhere = "postgresql+psycopg://postgres@127.0.0.1:9/postgres"
    environment = {**os.environ, "PYTHONPATH": str(tree), "MATCHMAKER_TEST_POSTGRES_URL": nowhere}
    environment.pop("MATCHMAKER_TEST_NEEDS_SERVICES", None)
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
