"""Thanks."""

from flask import render_template

from matchmaker.web.people import people


@people.get("/thanks")
def thanks() -> str:
    """Show the page."""
    return render_template("people/thanks.html")
