"""Accessibility."""

from flask import render_template

from matchmaker.web.public import public


@public.get("/accessibility")
def accessibility() -> str:
    """Say how accessible the site is, what is known to be wrong, and whom to tell."""
    return render_template("public/accessibility.html")
