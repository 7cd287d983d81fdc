"""How suggestions are made."""

from flask import render_template

from matchmaker.web.public import public


@public.get("/how-suggestions-are-made")
def how_suggestions_are_made() -> str:
    """Show the page."""
    return render_template("public/how_suggestions_are_made.html")
