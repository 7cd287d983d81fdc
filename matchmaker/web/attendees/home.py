"""Your event."""

from flask import render_template

from matchmaker.web.attendees import attendees


@attendees.get("/")
def home() -> str:
    """Show the page."""
    return render_template("attendees/home.html")
