"""Pages for people registered at an event: profile, suggestions, answers, their day, their choices."""

from flask import Blueprint

from matchmaker.web.access import for_attendees

attendees = Blueprint("attendees", __name__, url_prefix="/events/<event>")
for_attendees(attendees)

from matchmaker.web.attendees import (  # noqa: E402, F401 - adds its routes
    calendar,
    choices,
    coming,
    day,
    day_changes,
    directory,
    home,
    introductions,
    met,
    profile,
    solved,
    suggestions,
    topics,
)
