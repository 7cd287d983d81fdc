"""Cards for the corners of the hall: each topic that is held, with when and at which table."""

from collections.abc import Callable, Iterable

from matchmaker.documents.plans import topic_cards
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.documents.plans.topic_cards import CornerCard, TopicTime
from matchmaker.services.plans.review_plan import Review
from matchmaker.services.plans.sheet_values import PlanSheet, fingerprint, rounds_of
from matchmaker.store.plans.talks import Talk


def _topic_cards(key: str, seen: Review, was: Review | None, at: Stamp) -> PlanSheet:
    cards = _cards(seen, (talk for talk, _ in seen.talks))
    if key == "changed-topic-cards" and was is not None:
        on_paper = set(_cards(was, was.planned_talks))
        cards = [one for one in cards if one not in on_paper]
    return PlanSheet(
        key, fingerprint(seen, cards), len(cards), len(cards), lambda: topic_cards.topic_sheets(cards, at)
    )


def _cards(seen: Review, talks: Iterable[Talk]) -> list[CornerCard]:
    """Return a card for each topic of these talks, by the first round it is held in."""
    rounds, held = rounds_of(seen), dict[int, list[Talk]]()
    for talk in talks:
        if talk.round_number in rounds:
            held.setdefault(talk.topic.id, []).append(talk)
    return [
        CornerCard(
            some[0].topic.title,
            some[0].topic.about,
            seen.name_of(some[0].topic.host),
            tuple(
                TopicTime(
                    rounds[one.round_number].starts_at, rounds[one.round_number].ends_at, one.table_number
                )
                for one in sorted(some, key=lambda one: rounds[one.round_number].starts_at)
            ),
        )
        for some in held.values()
    ]


TOPIC_SHEETS: dict[str, Callable[[str, Review, Review | None, Stamp], PlanSheet]] = {
    "topic-cards": _topic_cards,
    "changed-topic-cards": _topic_cards,
}
"""Kind of sheet → what makes it of a reviewed plan, the version before, and the stamp."""
