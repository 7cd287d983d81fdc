"""Credits, thanks, uses, names without an account, suggestions and answers of a made event, for benchmarks."""

import random
from collections.abc import Mapping
from typing import Any

from benchmarks.made import Made, put
from matchmaker.matching.profile import Profile
from matchmaker.recognition.states import ContributionState, EndorsementState, UnclaimedState
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.session import Session
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion

SENTENCE = "She answered every question about the old codes within the hour."


def give_credits(
    session: Session,
    made: Made,
    profiles: tuple[Profile, ...],
    catalogue: Mapping[str, int],
    chance: random.Random,
) -> None:
    """Let everybody have made something and use something, be thanked, and answer about some others."""
    uses = {
        (made.people[place], catalogue[link.id]): UseKind(link.use)
        for place, person in enumerate(profiles)
        for link in person.datasets
        if link.use and link.id in catalogue
    }
    put(
        session,
        Use,
        ({"person_id": a, "dataset_id": b, "kind": kind} for (a, b), kind in uses.items()),
    )
    states = (
        [ContributionState.ACCEPTED] * 7
        + [ContributionState.CLAIMED, ContributionState.AWAITING]
        + [ContributionState.HIDDEN]
    )
    credits = []
    for place, one in enumerate(made.people):
        for step, dataset in enumerate(chance.sample(made.datasets, 3)):
            credits.append(
                {
                    "person_id": one,
                    "dataset_id": dataset,
                    "role": "curated",
                    "state": states[(place + 3 * step) % len(states)],
                    "declared_by_id": made.people[place - 1 - step],
                }
            )
    ids = put(session, Contribution, credits)
    thanks = [
        {
            "event_id": made.event_id,
            "giver_id": row["declared_by_id"],
            "contribution_id": id_,
            "receiver_id": row["person_id"],
            "dataset_id": row["dataset_id"],
            "role": row["role"],
            "sentence": SENTENCE,
            "relation": "user",
            "state": EndorsementState.ACCEPTED
            if row["state"] is ContributionState.ACCEPTED
            else EndorsementState.AWAITING,
        }
        for id_, row in zip(ids, credits, strict=True)
        if row["state"] is not ContributionState.CLAIMED
    ]
    put(session, Endorsement, thanks)
    put(
        session,
        UnclaimedCredit,
        (
            {
                "event_id": made.event_id,
                "dataset_id": made.datasets[place % len(made.datasets)],
                "role": "curated",
                "name": f"Name {place}",
                "name_key": f"name {place}",
                "code_hash": f"{made.event_id}-{place}",
                "state": UnclaimedState.WAITING,
                "named_by_id": made.people[place],
            }
            for place in range(0, len(made.people), 10)
        ),
    )
    _suggestions(session, made, chance)


def _suggestions(session: Session, made: Made, chance: random.Random) -> None:
    pairs: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    kinds = [AnswerKind.MEET] * 4 + [AnswerKind.KNOW, AnswerKind.NOT_FOR_ME, AnswerKind.BLOCK]
    here = {"event_id": made.event_id}
    for one in made.people:
        others = [other for other in chance.sample(made.people, 13) if other != one][:12]
        for position, other in enumerate(others[:8], start=1):
            reason = {
                "kind": "dataset",
                "what": "River levels",
                "share": 0.6,
                "mine": "River levels",
                "theirs": "River levels",
                "people": [],
                "asker": "",
            }
            pairs.append(
                {
                    **here,
                    "person_id": one,
                    "other_id": other,
                    "position": position,
                    "score": 1 - position / 20,
                    "reasons": [reason],
                    "opening": "Ask what they measure.",
                }
            )
        for place, other in enumerate(others[6:]):
            kind = kinds[(one + place) % len(kinds)]
            said.append({**here, "person_id": one, "about_id": other, "kind": kind})
    put(session, Suggestion, pairs)
    put(session, Answer, said)
