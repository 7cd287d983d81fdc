"""Telling the ways in which RDF is written, without the library that reads it."""

import re

_KINDS = (
    ("turtle", re.compile(r"(?:\s*#[^\n]*\n)*\s*(?:@prefix|@base|PREFIX\s+\w*:|BASE\s+<)", re.IGNORECASE)),
    (
        "rdf-xml",
        re.compile(
            r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE rdf[^>]*>\s*)?<(?:\w+:)?RDF[\s>]",
            re.DOTALL,
        ),
    ),
    ("n-triples", re.compile(r"(?:\s*#[^\n]*\n)*\s*(?:<[^<>\s]+>|_:\w+)\s+<[^<>\s]+>\s+(?:<|_:|\")")),
)


def rdf_format(start: str) -> str:
    """Return turtle, rdf-xml or n-triples by the beginning of a file, "" for anything else.

    >>> [rdf_format(start) for start in ("@prefix dct: <x:y> .", '<a:b> <c:d> "e" .', "<html>")]
    ['turtle', 'n-triples', '']
    """
    return next((kind for kind, pattern in _KINDS if pattern.match(start)), "")
