"""Overview."""

from flask import render_template

from matchmaker.web.organisers import organisers


@organisers.get("/")
def home() -> str:
    """Show the page."""
    return render_template("organisers/home.html")
