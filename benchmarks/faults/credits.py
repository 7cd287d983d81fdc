"""Faults of contributions, thanks and labels."""

from benchmarks.faults.fault import Fault

FAULTS = (
    Fault(
        "a kept proposal still names who has objected since",
        "matchmaker/services/credits/lost_labels.py",
        "if one.state in COMING and one.suggestible",
        "if one.state in COMING",
        ("tests/services/credits/test_lost_labels.py",),
    ),
    Fault(
        "a kept proposal seats who must not meet",
        "matchmaker/services/credits/lost_labels.py",
        "if any(profiles.pair(*two) in apart for two in combinations(who, 2)):",
        "if False:",
        ("tests/services/credits/test_lost_labels.py",),
    ),
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
        "kept numbers of labels are read although something has changed",
        "matchmaker/store/credits/label_tallies.py",
        "LabelTally.event_id == event_id, ~exists().where(_concerns(event_id))",
        "LabelTally.event_id == event_id",
        ("tests/services/credits/test_kept_labels.py",),
    ),
    Fault(
        "a publisher is not counted again after a change",
        "matchmaker/store/credits/label_tallies.py",
        "fresh = PublisherTally.fresh & PublisherTally.publisher_id.not_in(marks)",
        "fresh = PublisherTally.fresh",
        ("tests/services/credits/test_kept_labels.py",),
    ),
    Fault(
        "an unclaimed name is shown before a yes",
        "matchmaker/store/credits/unclaimed.py",
        "return and_(UnclaimedCredit.state == UnclaimedState.SHOWN, UnclaimedCredit.moderated.is_(False))",
        "return UnclaimedCredit.moderated.is_(False)",
        ("tests/services/credits/test_name_strangers.py", "tests/store/credits/test_label_names.py"),
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
)
