"""What profiles are made of (`profiles`): the tables and columns of which a change leaves a mark of a person.

A mark is a row of `profile_change`; `store.watch` says how it comes there. What a dataset is called changes the
profile of everybody who has to do with it. Whoever only answers "meet", is checked in or has a name of theirs put
right changes no profile.
"""

from collections.abc import Mapping

from matchmaker.store.watch import Watch, Watched, columns

_OWN = "SELECT {row}.person_id AS person_id"

WATCHED: Mapping[str, Watched] = {
    # Whoever of the two said so, neither is suggested to the other.
    "answer": Watched(
        f"{_OWN} WHERE {{row}}.kind <> 'meet' UNION SELECT {{row}}.about_id WHERE {{row}}.kind <> 'meet'",
        read=columns("event_id person_id about_id kind"),
    ),
    "contribution": Watched(
        _OWN, read=columns("id dataset_id person_id role state moderated sealed_by_id declared_by_id")
    ),
    "dataset": Watched(
        "SELECT person_id FROM contribution WHERE dataset_id = {row}.id UNION "
        "SELECT person_id FROM dataset_use WHERE dataset_id = {row}.id UNION "
        "SELECT person_id FROM contribution WHERE dataset_id IN "
        "(SELECT id FROM dataset WHERE series_id = {row}.id)",
        read=columns("id title description tags is_series series_id"),
    ),
    "dataset_mention": Watched(f"{_OWN} WHERE {{row}}.not_meant"),
    "dataset_use": Watched(_OWN),
    "endorsement": Watched(
        "SELECT {row}.receiver_id AS person_id WHERE {row}.state = 'accepted'",
        read=columns("giver_id receiver_id contribution_id state moderated sealed"),
    ),
    "exclusion": Watched(
        "SELECT {row}.a_id AS person_id UNION SELECT {row}.b_id", read=columns("event_id a_id b_id")
    ),
    "person": Watched(
        "SELECT {row}.id AS person_id UNION SELECT receiver_id FROM endorsement WHERE giver_id = {row}.id",
        read=columns("id organisation show_name"),
    ),
    "registration": Watched(_OWN, read=columns("event_id person_id state suggestible team bio offers needs")),
    "registration_topic": Watched("SELECT person_id FROM registration WHERE id = {row}.registration_id"),
    "topic": Watched(
        "SELECT person_id FROM registration WHERE id IN "
        "(SELECT registration_id FROM registration_topic WHERE topic_id = {row}.id)",
        read=columns("id name"),
    ),
}
"""By the name of a table."""

WATCH = Watch("profile_watch_", "profile_change", ("person_id",), WATCHED, lasting=True)
