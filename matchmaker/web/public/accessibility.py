"""Accessibility."""

from flask import render_template

from matchmaker.web.public import public


@public.get("/accessibility")
def accessibility() -> str:
    """Show the page."""
    return render_template("public/accessibility.html")
