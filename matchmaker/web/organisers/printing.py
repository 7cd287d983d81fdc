"""Print."""

from flask import render_template

from matchmaker.web.organisers import organisers


@organisers.get("/print")
def printing() -> str:
    """Show the page."""
    return render_template("organisers/printing.html")
