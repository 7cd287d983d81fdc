"""My day."""

from flask import render_template

from matchmaker.web.attendees import attendees


@attendees.get("/day")
def day() -> str:
    """Show the page."""
    return render_template("attendees/day.html")
