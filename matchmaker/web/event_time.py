"""Where an event stands in time, for the words of its pages, and forms that end with it."""

import enum
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar

from flask import flash, redirect, request, url_for

from matchmaker.intake.day_times import Day
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import Event
from matchmaker.web.access import FIRST_PAGE, event, role
from matchmaker.web.second_try import READING
from matchmaker.web.transaction import once

View = TypeVar("View", bound=Callable[..., Any])


class EventTime(enum.StrEnum):
    """Before the day of an event, on it, after its last round on the same day, and later."""

    AHEAD = "ahead"
    TODAY = "today"
    EVENING = "evening"
    PAST = "past"

    @property
    def over(self) -> bool:
        """Whether the last round is over."""
        return self in (EventTime.EVENING, EventTime.PAST)


def time_of(event: Event) -> EventTime:
    """Return where an event stands now."""
    at = datetime.now(UTC)
    if event.day_is_past(at):
        return EventTime.PAST
    if not event.day_has_come(at):
        return EventTime.AHEAD
    return EventTime.EVENING if event.is_over(at) else EventTime.TODAY


def event_hours() -> Day:
    """Return from when to when the event of the page is, for the times that people type on it."""
    return event().hours


@once
def is_over() -> bool:
    """Whether the event of this page is over: each row of a list asks for it."""
    return time_of(event()).over


def directory_name(event: Event) -> str:
    """Return what the directory of an event is called: some of those in it may not have come."""
    return "Directory" if time_of(event).over else "Who comes"


def say_over() -> None:
    """Say that what was sent is not done, as the event is over."""
    flash("The event is over, so this is not done any more. Nothing is changed", "important")


def ends_with_the_event(view: View) -> View:
    """Refuse the form of a page once the event is over: only a page from before still has it."""
    return _ends(view, EventTime.EVENING, EventTime.PAST)


def ends_with_the_day(view: View) -> View:
    """Refuse the form of a page once the day is past: until then a round more can follow the last one."""
    return _ends(view, EventTime.PAST)


def _ends(view: View, *since: EventTime) -> View:
    @wraps(view)
    def ended(*args: Any, **values: Any) -> Any:
        if request.method in READING or time_of(event()) not in since:
            return view(*args, **values)
        say_over()
        attends = request.blueprint == "attendees"
        first = "attendees.home" if attends else FIRST_PAGE[role() or EventRole.ORGANISER]
        return redirect(url_for(first))

    return ended  # type: ignore[return-value]
