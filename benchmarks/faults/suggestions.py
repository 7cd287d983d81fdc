"""Faults of suggestions, introductions and what words name."""

from benchmarks.faults.fault import Fault

FAULTS = (
    Fault(
        "nobody is kept from being on too many lists",
        "matchmaker/matching/choose.py",
        "        most or full,\n",
        "        people,\n",
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
    Fault(
        "a note that organisers hide is read",
        "matchmaker/services/suggestions/introduce_people.py",
        "received=received if received is not None and not received.moderated else None",
        "received=received",
        (
            "tests/services/suggestions/test_introduce_people.py",
            "tests/web/suggestions/test_introductions.py",
        ),
    ),
    Fault(
        "two people are introduced by mail again",
        "matchmaker/services/suggestions/introduce_people.py",
        "        if mail.told(session, event.id, reader.id, about.id, INTRODUCED):\n",
        "        if False:\n",
        (
            "tests/services/suggestions/test_introduce_people.py",
            "tests/web/suggestions/test_introductions.py",
        ),
    ),
    Fault(
        "a note of another event is read",
        "matchmaker/store/suggestions/introduction_notes.py",
        "            IntroductionNote.event_id == event_id,\n",
        "",
        (
            "tests/services/suggestions/test_introduce_people.py",
            "tests/web/suggestions/test_introductions.py",
        ),
    ),
    Fault(
        "an introduction tells of a meeting that cannot take place",
        "matchmaker/services/people/coming.py",
        "return [one for one in mine if one.id in on]",
        "return list(mine)",
        (
            "tests/services/suggestions/test_introduce_people.py",
            "tests/web/suggestions/test_introductions.py",
        ),
    ),
    Fault(
        "what somebody did not mean is found again",
        "matchmaker/store/suggestions/mentions.py",
        "delete(DatasetMention).where(here, mine, ~DatasetMention.not_meant)",
        "delete(DatasetMention).where(here, mine)",
        ("tests/services/suggestions/test_suggest_people.py", "tests/web/suggestions/test_mentions.py"),
    ),
    Fault(
        "what was not meant at one event is not meant at any",
        "matchmaker/store/suggestions/mentions.py",
        "            DatasetMention.event_id == event_id, DatasetMention.not_meant\n",
        "            DatasetMention.not_meant\n",
        ("tests/services/suggestions/test_suggest_people.py", "tests/web/suggestions/test_mentions.py"),
    ),
    Fault(
        "one person says for everybody what was not meant",
        "matchmaker/store/suggestions/mentions.py",
        "            DatasetMention.person_id == person_id,\n            DatasetMention.dataset_id.in_(",
        "            DatasetMention.dataset_id.in_(",
        ("tests/services/suggestions/test_suggest_people.py", "tests/web/suggestions/test_mentions.py"),
    ),
    Fault(
        "a dataset that both have adds to the need that it meets",
        "matchmaker/matching/reasons.py",
        "max(0.0, one.strength - max(met, default=0.0))",
        "one.strength",
        ("tests/matching/test_suggest.py",),
    ),
    Fault(
        "who only cleared a dataset counts as its maker",
        "matchmaker/matching/conviction.py",
        "return 0.6 if own else 0.5 if made & HAND else 0.3",
        "return ENOUGH",
        ("tests/matching/test_suggest.py",),
    ),
    Fault(
        "a need is met by any of its words",
        "matchmaker/matching/heads.py",
        "return not things or any(",
        "return True or any(",
        ("tests/matching/test_suggest.py",),
    ),
    Fault(
        "a user gets whoever is stuck unstuck",
        "matchmaker/matching/conviction.py",
        'return ENOUGH if asked <= ASKED["wants"] else FELLOW',
        "return ENOUGH",
        ("tests/matching/test_suggest.py",),
    ),
    Fault(
        "a short title may fit another dataset of the two",
        "matchmaker/matching/titles.py",
        "return named(title if unclear or not said else said)",
        "return named(said or title)",
        ("tests/matching/test_openings.py",),
    ),
    Fault(
        "how a title begins names it in any writing",
        "matchmaker/matching/title_openings.py",
        "if len(ids) == 1 and _is_quoted(words):",
        "if len(ids) == 1:",
        ("tests/matching/test_dataset_names.py",),
    ),
    Fault(
        "an answer that ends a meeting does not say so before",
        "templates/components/suggestion_card.html",
        "{% macro ends_meeting(card) %}\n{% if card.meeting and card.meeting.ahead %}",
        "{% macro ends_meeting(card) %}\n{% if false %}",
        ("tests/web/suggestions/test_suggestions.py",),
    ),
    Fault(
        "who comes late reads of a planned day",
        "matchmaker/web/attendees/home.py",
        "if not starts and not planned_people.is_made_for(session(), plan_id, me().id):",
        "if not plan_id:",
        ("tests/web/plans/test_day.py",),
    ),
)
