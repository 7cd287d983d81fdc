"""Set-up."""

from flask import render_template

from matchmaker.web.organisers import organisers


@organisers.get("/setup")
def setup() -> str:
    """Show the page."""
    return render_template("organisers/setup.html")
