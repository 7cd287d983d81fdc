"""What others see of somebody's work: the page that shows it and the preview beside the form are made of this."""

from dataclasses import dataclass

from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import UseKind
from matchmaker.store.people import together
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session

USED = {UseKind.USES: "Uses it", UseKind.WANTS: "Wants to use it", UseKind.STUCK: "Is stuck on it"}
"""How somebody stands to a dataset that they do not look after, as others read it."""


@dataclass(frozen=True)
class WorkSeen:
    """What somebody wrote of their work, for other people at the event; `uses` are (title, public id, words)."""

    bio: str
    topics: tuple[str, ...]
    offers: str
    needs: str
    uses: tuple[tuple[str, str, str], ...]

    def __bool__(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.bio or self.topics or self.offers or self.needs or self.uses)


def seen_by(session: Session, viewer: Person, person: Person) -> WorkSeen | None:
    """Return what a viewer reads of somebody's work; None if they have said yes to no event of both.

    The caller has made sure that the viewer may see the person at all.
    """
    found = together.newest_seen(session, viewer.id, person.id)
    return of_registration(session, found) if found is not None else None


def of_registration(session: Session, registration: Registration) -> WorkSeen:
    """Return what others read of this registration."""
    uses = contributions.uses_of_people(session, [registration.person_id])
    return WorkSeen(
        registration.bio,
        tuple(topic.name for topic in registration.topics),
        registration.offers,
        registration.needs,
        tuple((one.dataset.title, one.dataset.public_id, USED[one.kind]) for one in uses),
    )
