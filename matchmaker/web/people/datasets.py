"""Datasets."""

from flask import render_template

from matchmaker.web.people import people


@people.get("/datasets")
def datasets() -> str:
    """Show the page."""
    return render_template("people/datasets.html")
