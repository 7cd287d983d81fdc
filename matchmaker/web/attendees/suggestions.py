"""Suggestions."""

from flask import render_template

from matchmaker.web.attendees import attendees


@attendees.get("/suggestions")
def suggestions() -> str:
    """Show the page."""
    return render_template("attendees/suggestions.html")
