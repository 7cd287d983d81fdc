"""Answering with a PDF that is made while the reader waits: short ones."""

from flask import make_response
from werkzeug.wrappers import Response


def pdf_answer(content: bytes, name: str) -> Response:
    """Give a PDF called `name`, opened in the browser."""
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
