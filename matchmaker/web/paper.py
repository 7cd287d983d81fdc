"""Answering with a PDF that is made while the reader waits: short ones, and those that are never kept."""

from flask import make_response
from werkzeug.wrappers import Response


def pdf_answer(content: bytes, name: str, *, to_keep: bool = False) -> Response:
    """Give a PDF called `name`: opened in the browser, or `to_keep` as a download. It is nobody else's to store."""
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/pdf"
    how = "attachment" if to_keep else "inline"
    answer.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return answer
