"""Plan."""

from flask import render_template

from matchmaker.web.organisers import organisers


@organisers.get("/plans")
def plans() -> str:
    """Show the page."""
    return render_template("organisers/plans.html")
