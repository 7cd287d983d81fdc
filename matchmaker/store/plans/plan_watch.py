"""What the reviews of an event's plans are worked out from: the tables and columns of which a change leaves a mark.

A mark is a row of `plan_change`: the event that it concerns, the one draft, if it is only what was planned in that,
and the one person, if it is only how they stand or whom they do not meet (0: any); `store.watch` says how it comes
there. What no review reads leaves none, so that somebody who writes about their work, answers "meet" to somebody who
has not, or is checked in and had said that they come, costs nothing.
"""

from collections.abc import Mapping

from matchmaker.store.watch import Watch, Watched, columns

_ALL = "SELECT {row}.event_id AS event_id, 0 AS plan_id, 0 AS person_id"
_DRAFT = "CASE WHEN state = 'draft' THEN id ELSE 0 END AS plan_id, 0 AS person_id FROM plan WHERE id = {row}.plan_id"
_OF_PLAN = f"SELECT event_id, {_DRAFT}"
_OWN = "SELECT {row}.event_id AS event_id, 0 AS plan_id, {row}.person_id AS person_id"


def _of_person(person: str) -> str:
    """Return the events that somebody is registered at, was planned for, or has pitched a topic for."""
    return (
        f"SELECT event_id, 0 AS plan_id, {person} AS person_id FROM registration "  # noqa: S608
        f"WHERE person_id = {person} UNION "
        f"SELECT plan.event_id, 0, {person} FROM planned_person JOIN plan ON plan.id = planned_person.plan_id "
        f"WHERE planned_person.person_id = {person} UNION "
        f"SELECT event_id, 0, {person} FROM table_topic WHERE host_id = {person}"
    )


# What one has said alone tells nobody anything, until the other says it, too; an answer that is gone may have been
# one of two that went together.
_AGREES = (
    "{row}.kind NOT IN ('meet', 'know') OR {row}.kind = 'meet' AND ("
    "NOT EXISTS (SELECT 1 FROM answer WHERE id = {row}.id) OR EXISTS ("
    "SELECT 1 FROM answer AS back WHERE back.event_id = {row}.event_id "
    "AND back.person_id = {row}.about_id AND back.about_id = {row}.person_id))"
)

WATCHED: Mapping[str, Watched] = {
    # A block holds at every event.
    "answer": Watched(
        "SELECT {row}.event_id AS event_id, 0 AS plan_id, {row}.person_id AS person_id "  # noqa: S608
        f"WHERE {_AGREES} UNION SELECT event_id, 0, person_id FROM registration "
        "WHERE person_id = {row}.person_id AND {row}.kind = 'block'",
        columns("at"),
    ),
    "address": Watched(_of_person("{row}.person_id")),
    "event": Watched(
        "SELECT {row}.id AS event_id, 0 AS plan_id, 0 AS person_id",
        columns("counts wall_key opened_at missed_at asked_if_solved_at"),
    ),
    "exclusion": Watched(
        "SELECT {row}.event_id AS event_id, 0 AS plan_id, {row}.a_id AS person_id",
        columns("id public_id reason created_at"),
    ),
    "hall_table": Watched(_ALL, columns("id")),
    "meeting": Watched(_OF_PLAN),
    "person": Watched(
        _of_person("{row}.id"),
        columns(
            "public_id phone link show_name open_to_thanks few_letters public_since is_owner name_key "
            "organisation_key place_key surname_place created_at"
        ),
    ),
    "plan": Watched(
        "SELECT {row}.event_id AS event_id, CASE WHEN {row}.state = 'draft' THEN {row}.id ELSE 0 END AS plan_id, "
        "0 AS person_id",
        columns("public_id made_by_id"),
        # What is printed of the published version is news to the version that comes after it, and to nothing else.
        as_read={
            "printed": "CASE WHEN {row}.state = 'published' AND NOT EXISTS (SELECT 1 FROM plan AS next_one "
            "WHERE next_one.event_id = {row}.event_id AND next_one.state = 'draft') "
            "THEN '' ELSE CAST({row}.printed AS TEXT) END"
        },
    ),
    "planned_person": Watched(_OF_PLAN),
    "registration": Watched(
        _OWN,
        columns(
            "id public_id pool_reason bio offers needs suggestible on_screen invited_at profile_saved_at "
            "words listed_as in_directory directory_key calendar_turn created_at"
        ),
        # Whoever has said that they come is planned for, whether they are here already or not; who was expected later
        # and is here is there from then on.
        as_read={
            "presence": "CASE WHEN {row}.state = 'confirmed' AND {row}.presence = 'here' AND {row}.arrives IS NULL "
            "THEN 'expected' ELSE {row}.presence END",
            "presence_at": "CASE WHEN {row}.presence = 'here' AND {row}.arrives IS NOT NULL "
            "THEN {row}.presence_at END",
        },
    ),
    "round": Watched(_ALL, columns("id")),
    "seat": Watched(_OF_PLAN, columns("stands_in off_since told_off_at")),
    "table_topic": Watched(_ALL, columns("public_id pitched_at")),
    "talk": Watched(_OF_PLAN),
    "talk_seat": Watched(_OF_PLAN, columns("off_since told_off_at")),
}
"""By the name of a table."""

WATCH = Watch("plan_watch_", "plan_change", ("event_id", "plan_id", "person_id"), WATCHED)
