"""Make labels public, which an organiser decides; and give the screen in the hall its address."""

from matchmaker.store.base import new_public_id
from matchmaker.store.event.events import Event
from matchmaker.store.session import Session


def choose_public_labels(session: Session, event: Event, public: bool) -> None:
    """Let anybody read the labels of the datasets that people of this event worked on, or nobody."""
    event.labels_public = public
    session.flush()


def open_screen(session: Session, event: Event) -> None:
    """Give the hall's screen a new address; an earlier one shows nothing any more."""
    event.wall_key = new_public_id()
    session.flush()


def close_screen(session: Session, event: Event) -> None:
    """Take the address of the hall's screen away."""
    event.wall_key = None
    session.flush()
