"""Privacy."""

from flask import render_template

from matchmaker.web.public import public


@public.get("/privacy")
def privacy() -> str:
    """Show the page."""
    return render_template("public/privacy.html")
