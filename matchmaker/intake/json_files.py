"""Loading JSON of any catalogue with only the keys we read, each under one short name.

`dct:title`, `dcterms:title`, `http://purl.org/dc/terms/title` and `title` all become `title`. Whatever we do
not read (people, contacts, geometry, file checksums) is dropped while parsing, so that it is never kept, not
even in memory, and a file of 12 MB needs far less than its full tree of objects.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from matchmaker.intake.dataset_rows import SkippedRecord
from matchmaker.intake.languages import LANGUAGE, is_language
from matchmaker.intake.problems import IntakeError

Node = dict[str, Any]

_READ = frozenset(
    {
        # how answers and graphs are wrapped
        *("help", "success", "result", "results", "count", "response", "numFound", "docs", "totalItems"),
        *("validated_data_dict", "data_dict", "@graph", "@id", "@type", "@value", "@language", "language"),
        *("dataset", "catalog", "datasetSeries", "seriesMember", "first", "last"),
        # a dataset
        *("id", "name", "title", "notes", "description", "organization", "groups", "publisher", "tags"),
        *(
            "display_name",
            "theme",
            "theme-primary",
            "theme-secondary",
            "extras_theme-primary",
            "extras",
            "key",
            "value",
        ),
        *(
            "license",
            "license_title",
            "license_id",
            "license_url",
            "licence",
            "licence_url",
            "url",
            "metadata_modified",
        ),
        *(
            "resources",
            "state",
            "type",
            "private",
            "identifier",
            "notation",
            "keyword",
            "prefLabel",
            "label",
            "fn",
        ),
        *("landingPage", "modified", "distribution", "isPartOf", "inSeries"),
        *("service", "servesDataset", "record", "primaryTopic", "member", "@context"),
        # the same in schema.org, and in the portals that answer in a shape of their own
        *("keywords", "creator", "dateModified", "sourceOrganization", "includedInDataCatalog", "inLanguage"),
        *("resource", "classification", "categories", "domain_tags", "metadata", "permalink", "attribution"),
        *(
            "updatedAt",
            "resultSetSize",
            "category",
            "viewType",
            "dataset_id",
            "datasetid",
            "metas",
            "default",
        ),
        *("total_count", "datasets", "nhits", "data", "attributes", "source", "meta", "stats", "totalCount"),
        *("hits", "_source", "total", "uuid", "resourceTitleObject", "resourceAbstractObject", "tag"),
        *(
            "OrgForResource",
            "items",
            "global_id",
            "published_at",
            "page",
            "slug",
            "last_modified",
            "last_update",
        ),
        *(
            "collections",
            "features",
            "properties",
            "providers",
            "numberMatched",
            "abstract",
            "summary",
            "packages",
        ),
        *(
            "titles",
            "titleType",
            "descriptions",
            "descriptionType",
            "subjects",
            "subject",
            "rightsList",
            "rights",
        ),
        *("types", "resourceTypeGeneral", "updated"),
        *("owner_org", "num_resources", "display_title", "accessLevel", "doi", "snippet", "next_page"),
        # what tells a list of something else
        *("is_organization", "package_count", "aspects", "recordSet"),
    }
)
_EXTRAS_READ = frozenset({"theme", "theme-primary", "theme-secondary", "licence", "licence_url"})
_PREFIXES = frozenset(
    {"dct", "dcterms", "dc", "dcat", "foaf", "vcard", "skos", "rdfs", "hydra", "schema", "sdo"}
)
_NAMESPACE = re.compile(
    r"https?://(?:purl\.org/dc/terms/|purl\.org/dc/elements/1\.1/|www\.w3\.org/ns/dcat#|xmlns\.com/foaf/0\.1/|"
    r"www\.w3\.org/2006/vcard/ns#|www\.w3\.org/2004/02/skos/core#|www\.w3\.org/2000/01/rdf-schema#|"
    r"www\.w3\.org/ns/hydra/core#|schema\.org/)(\w+)$"
)
_IN_A_LANGUAGE = re.compile(
    rf"(?:title|name|description|notes|keywords?|tags)(?:_translated|_multilingual|Map|_{LANGUAGE.pattern})"
)
_STRAY_BACKSLASH = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')


@dataclass(frozen=True)
class JsonFile:
    """What a JSON file holds: one document, or one a line (`lines`), with the lines that could not be read."""

    documents: tuple[tuple[str, Any], ...]
    lines: bool
    skipped: tuple[SkippedRecord, ...] = ()
    warnings: tuple[str, ...] = ()


def load_json(text: str) -> JsonFile:
    """Load one JSON document, or JSON Lines. Raises IntakeError that names line and column of what is broken."""
    try:
        return JsonFile((("", loads(text)),), lines=False)
    except json.JSONDecodeError as error:
        if "escape" in error.msg:
            mended = _STRAY_BACKSLASH.sub(lambda found: found.group() if found.group(1) else "\\\\", text)
            warning = f"A stray backslash on line {error.lineno} was read as it stands."
            try:
                return JsonFile((("", loads(mended)),), lines=False, warnings=(warning,))
            except json.JSONDecodeError as second:
                error = second
        if _one_a_line(text):
            return _load_lines(text)
        raise IntakeError(
            f"This file is not complete JSON: it cannot be read past line {error.lineno}, column "
            f"{error.colno}. "
            "It may be cut off or changed by hand. Download it again."
        ) from error


def loads(text: str) -> Any:
    """Parse JSON, keeping only what is read; control characters in texts are allowed. Raises JSONDecodeError."""
    names: dict[str, str] = {}

    def keep(pairs: list[tuple[str, Any]]) -> Node:
        kept: Node = {}
        for key, value in pairs:
            name = names.get(key)
            if name is None:
                name = names[key] = short_name(key)
            if name and name not in kept and not (name == "creator" and not _are_organisations(value)):
                kept[name] = value
        if len(kept) == 2 and "key" in kept and "value" in kept and str(kept["key"]) not in _EXTRAS_READ:
            return {}
        return kept

    try:
        return json.loads(text, object_pairs_hook=keep, strict=False, parse_int=_whole_number)
    except RecursionError as error:
        raise IntakeError(
            "This file is nested too deeply to be a catalogue. Check that you chose the right one."
        ) from error


def _are_organisations(value: Any) -> bool:
    """Whether makers are said to be organisations; whoever may be a person is not read."""
    makers = value if isinstance(value, list) else [value]
    kinds = [str(maker.get("@type", "")) for maker in makers if isinstance(maker, dict)]
    return len(kinds) == len(makers) and all("rgani" in kind for kind in kinds)


def short_name(key: str) -> str:
    """Return the one name we use for a key, "" for a key that is not read.

    >>> short_name("dct:title"), short_name("http://www.w3.org/ns/dcat#keyword"), short_name("maintainer_email")
    ('title', 'keyword', '')
    """
    if match := _NAMESPACE.match(key):
        name = match.group(1)
    elif key.startswith("http"):
        return ""
    else:
        prefix, colon, local = key.partition(":")
        if colon and prefix not in _PREFIXES:
            return ""
        name = local if colon else key
    return name if name in _READ or is_language(name) or _IN_A_LANGUAGE.fullmatch(name) else ""


def _whole_number(digits: str) -> int | str:
    """Return a number; one too long for Python's own limit stays text."""
    return int(digits) if len(digits) < 20 else digits


def _one_a_line(text: str) -> bool:
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    whole = sum(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines)
    return len(lines) > 1 and whole * 2 > len(lines)


def _load_lines(text: str) -> JsonFile:
    documents: list[tuple[str, Any]] = []
    skipped: list[SkippedRecord] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                documents.append((f"line {number}", loads(line)))
            except json.JSONDecodeError as error:
                skipped.append(
                    SkippedRecord(f"line {number}", f"It is not complete JSON, from column {error.colno} on.")
                )
    return JsonFile(tuple(documents), lines=True, skipped=tuple(skipped))
