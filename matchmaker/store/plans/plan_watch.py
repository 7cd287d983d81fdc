"""What the reviews of an event's plans are worked out from: the tables and columns of which a change leaves a mark.

A mark is a row of `plan_change`, with the event that it concerns; `store.watch` says how it comes there. Columns that
no review reads leave none, so that somebody who writes about their work costs nothing.
"""

from collections.abc import Mapping

from matchmaker.store.watch import Watch, Watched, columns

_OWN = "SELECT {row}.event_id AS event_id"
_OF_PLAN = "SELECT event_id FROM plan WHERE id = {row}.plan_id"


def _of_person(person: str) -> str:
    """Return the events that somebody is registered at, was planned for, or has pitched a topic for."""
    return (
        f"SELECT event_id FROM registration WHERE person_id = {person} UNION "  # noqa: S608
        "SELECT plan.event_id FROM planned_person JOIN plan ON plan.id = planned_person.plan_id "
        f"WHERE planned_person.person_id = {person} UNION "
        f"SELECT event_id FROM table_topic WHERE host_id = {person}"
    )


WATCHED: Mapping[str, Watched] = {
    # A block holds at every event.
    "answer": Watched(
        f"{_OWN} UNION SELECT event_id FROM registration "  # noqa: S608
        "WHERE person_id = {row}.person_id AND {row}.kind = 'block'",
        columns("id at"),
    ),
    "address": Watched(_of_person("{row}.person_id")),
    "event": Watched(
        "SELECT {row}.id AS event_id", columns("counts wall_key opened_at missed_at asked_if_solved_at")
    ),
    "exclusion": Watched(_OWN, columns("id public_id reason created_at")),
    "hall_table": Watched(_OWN, columns("id")),
    "meeting": Watched(_OF_PLAN),
    "person": Watched(
        _of_person("{row}.id"),
        columns(
            "public_id phone link show_name open_to_thanks few_letters public_since is_owner name_key "
            "organisation_key place_key surname_place created_at"
        ),
    ),
    "plan": Watched(_OWN, columns("public_id made_by_id")),
    "planned_person": Watched(_OF_PLAN),
    "registration": Watched(
        _OWN,
        columns(
            "id public_id pool_reason bio offers needs suggestible on_screen presence_at invited_at profile_saved_at "
            "words listed_as in_directory directory_key calendar_turn created_at"
        ),
    ),
    "round": Watched(_OWN, columns("id")),
    "seat": Watched(_OF_PLAN, columns("stands_in off_since told_off_at")),
    "table_topic": Watched(_OWN, columns("public_id pitched_at")),
    "talk": Watched(_OF_PLAN),
    "talk_seat": Watched(_OF_PLAN, columns("off_since told_off_at")),
}
"""By the name of a table."""

WATCH = Watch("plan_watch_", "plan_change", ("event_id",), WATCHED)
