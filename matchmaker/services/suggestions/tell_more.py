"""What somebody with few suggestions could add to their profile so that more people are found for them."""

from matchmaker.store.people import profiles
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session

ADVICE: dict[str, str] = {
    "needs": "what you need help with: one sentence, as you would say it to a colleague",
    "offers": "what you can help with: the thing colleagues come to you for",
    "datasets": "a dataset you make, use or are stuck on",
    "topics": "two or three topics you work on: the rarer, the better",
    "more": "what you work on, with the names of places, methods and datasets in it",
}
"""What to tell, by the field of the profile."""


def advice(session: Session, registration: Registration) -> str:
    """Return what to add next: of what a profile lacks, whatever matches what most others have said."""
    others = profiles.told_by_others(session, registration.event_id, registration.person_id)
    mine = profiles.of_registration(session, registration)
    # A need meets offers, an offer needs; datasets and topics meet their like.
    missing = {
        "needs": others.offers * (not mine.needs.strip()),
        "offers": others.needs * (not mine.offers.strip()),
        "datasets": others.datasets * (not mine.datasets),
        "topics": others.topics * (not mine.topics),
    }
    best = max(missing, key=lambda one: missing[one])
    return ADVICE[best if missing[best] else "more"]
