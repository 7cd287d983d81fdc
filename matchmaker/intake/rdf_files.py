"""Reading a catalogue in RDF (Turtle, RDF/XML, N-Triples) through rdflib, as the JSON-LD that says the same."""

import re

from matchmaker.intake.problems import IntakeError

_PARSERS = {"turtle": "turtle", "rdf-xml": "xml", "n-triples": "nt"}
_ROOT = "catalogue:/"
_HERE = f"{_ROOT}here/"
"""What relative addresses are read against where a file does not say: else they would become places here."""
_NAMES = {"turtle": "Turtle", "rdf-xml": "RDF/XML", "n-triples": "N-Triples"}


def as_json_ld(text: str, kind: str) -> str:
    """Return expanded JSON-LD of an RDF text; `kind` is what `rdf_kinds.rdf_format` said.

    Nothing is fetched: no `@import`, no external entity; relative addresses stay relative. Raises IntakeError where
    rdflib is not installed, and for a text that is broken.
    """
    try:
        from rdflib import Graph  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise IntakeError(
            f"This is {_NAMES[kind]}. To read it, somebody who looks after this installation has to install "
            "matchmaker[rdf]. Or ask the catalogue for DCAT as JSON-LD."
        ) from error
    if kind == "rdf-xml" and re.search(r"<!ENTITY", text[:20_000]):
        raise IntakeError("This RDF/XML declares entities, which we do not read. Ask for DCAT as JSON-LD.")
    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(data=text, format=_PARSERS[kind], publicID=_HERE)
    except Exception as error:  # rdflib's parsers raise whatever they trip over
        line = getattr(error, "lines", None) or next(iter(re.findall(r"line (\d+)", str(error))), "")
        where = f" near line {line}" if line else ""
        raise IntakeError(
            f"This {_NAMES[kind]} is broken{where}. Download it again, or ask for DCAT as JSON-LD."
        ) from error
    found = graph.serialize(format="json-ld", auto_compact=False)
    return found.replace(f'"@id": "{_HERE}', '"@id": "').replace(f'"@id": "{_ROOT}', '"@id": "/')
