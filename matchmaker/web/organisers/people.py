"""People."""

from flask import render_template

from matchmaker.web.organisers import organisers


@organisers.get("/people")
def people() -> str:
    """Show the page."""
    return render_template("organisers/people.html")
