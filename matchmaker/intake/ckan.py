"""CKAN packages, as data.gov.uk and most portals answer with them, in every wrapping seen so far."""

import html
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from matchmaker.intake.dataset_rows import DatasetRow, SkipError, dataset_row, split_tags, web_address
from matchmaker.intake.json_files import Node, loads
from matchmaker.intake.languages import best, lists, texts, told
from matchmaker.intake.text import plain

_HOME = "https://www.data.gov.uk"
_LICENCES = {
    "uk-ogl": "UK Open Government Licence (OGL)",
    "ogl-uk": "UK Open Government Licence (OGL)",
    "notspecified": "",
    "other-closed": "",
}


def is_package(node: Any) -> bool:
    """Whether this is a CKAN package: it has files, notes or tags, and is not an organisation.

    >>> is_package({"name": "a", "resources": []}), is_package({"title": "A", "is_organization": True})
    (True, False)
    """
    if not isinstance(node, dict) or node.get("is_organization") or "package_count" in node:
        return False
    telling = {"resources", "notes", "tags", "validated_data_dict", "data_dict", "license_title", "publisher"}
    return not telling.isdisjoint(node)


def has_title(node: Any) -> bool:
    """Whether a package, unwrapped, has a title in any language."""
    return isinstance(node, dict) and bool(texts(told(_unwrapped(node), "title", "display_title")))


def is_organisation(node: Any) -> bool:
    """Whether this is an entry of a list of organisations or groups, which looks much like a dataset."""
    return isinstance(node, dict) and bool(node.get("is_organization") or "package_count" in node)


def portal_page(help_address: str) -> str:
    """Return the address under which a portal shows its datasets, from the help link of its answer; "" if unknown.

    >>> portal_page("https://open.example.ca/data/api/3/action/help_show"), portal_page("")
    ('https://open.example.ca/data/dataset/', '')
    >>> portal_page("https://data.example.org/api/3/action/help_show?name=package_search")
    'https://data.example.org/dataset/'
    """
    parts = urlsplit(web_address(help_address))
    host = parts.hostname or ""
    if not host:
        return ""
    if host.endswith(("data.gov.uk", "publishing.service.gov.uk")):
        return f"{_HOME}/dataset/"
    root = parts.path.partition("/api/")[0] if "/api/" in parts.path else ""
    return f"{parts.scheme}://{parts.netloc}{root}/dataset/"


def package_row(where: str, package: Any, page: str) -> DatasetRow:
    """Return the dataset a package describes; `page` is what `portal_page` returned.

    Raises SkipError for one that is deleted, is no dataset or has no title.
    """
    if not isinstance(package, dict):
        raise SkipError("It is not a dataset.")
    package = _unwrapped(package)
    extras = _extras(package.get("extras"))
    page = page or _page_by_traces(package, extras)
    _refuse_inactive(package)
    source_id = _first(package, "id", "name", "identifier", "uuid")
    slug = _words(package.get("name"))
    return dataset_row(
        where,
        told(package, "title", "display_title"),
        source_id=source_id,
        slug=slug,
        publisher=_publisher(package),
        description=told(package, "notes", "description", "abstract", "summary"),
        tags=_tags(package),
        themes=_themes(package, extras),
        licence=_licence(package, extras),
        url=_own_page(package) or _page(page, source_id, slug),
        modified=_first(package, "metadata_modified", "last_modified", "last_update", "modified", "updated"),
        private=str(package.get("private", "")).casefold() == "true",
    )


def _unwrapped(package: Node) -> Node:
    """Return the package that older answers and Solr hold as JSON text, with what only the outside knows."""
    for key in ("validated_data_dict", "data_dict"):
        inner = package.get(key)
        if isinstance(inner, str):
            try:
                inner = loads(inner)
            except json.JSONDecodeError:
                continue
        if isinstance(inner, dict) and inner.get("title"):
            return {
                **package,
                **{name: value for name, value in inner.items() if value not in (None, "", [])},
            }
    return package


def _refuse_inactive(package: Node) -> None:
    state = _words(package.get("state"))
    if state and state.casefold() != "active":
        raise SkipError(f"The catalogue says it is “{state}”.")
    kind = _words(package.get("type"))
    if kind and kind.casefold() != "dataset":
        raise SkipError(f"It is a “{kind}”, not a dataset.")


def _words(value: Any) -> str:
    """Return a text or number as text, and nothing for anything else; of several languages the best one."""
    if isinstance(value, str) and not value.lstrip().startswith("{"):
        return value.strip()
    return "" if isinstance(value, list) else best(texts(value)) or ""


def _first(package: Node, *names: str) -> str:
    return next((words for name in names if (words := _words(package.get(name)))), "")


def _own_page(package: Node) -> str:
    """Return the page that the record itself names."""
    return next((page for name in ("url", "page") if (page := web_address(_words(package.get(name))))), "")


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _publisher(package: Node) -> str:
    for key in ("organization", "publisher", "groups"):
        for holder in _items(package.get(key))[:1]:
            if isinstance(holder, dict):
                name = best(texts(told(holder, "title", "display_name", "name"))) or ""
            else:
                name = _words(holder)
            if name:
                return name
    return ""


def _tags(package: Node) -> Any:
    """Return tags or keywords: names, or a value that tells languages apart."""
    keywords = lists(told(package, "keywords", "tags", "keyword"))
    if any(keywords) and any(language for language in keywords):
        return keywords
    for name in ("tags", "keywords", "keyword"):
        if found := list(_tag_names(package.get(name))):
            return found
    return []


def _tag_names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from split_tags(value)
        return
    for tag in _items(value):
        if isinstance(tag, dict):
            name = _words(tag.get("display_name")) or _words(tag.get("name")) or _words(tag)
        else:
            name = _words(tag)
        if name:
            yield name


def _extras(value: Any) -> Node:
    """Return the extras as a mapping, whether they came as a list of pairs or as an object."""
    if isinstance(value, dict):
        return value
    pairs = [extra for extra in _items(value) if isinstance(extra, dict) and "key" in extra]
    return {str(extra["key"]): extra.get("value") for extra in pairs}


def _listed(value: Any) -> list[str]:
    """Return the texts of a value that may be a list, JSON text of a list (perhaps escaped), or one text."""
    if isinstance(value, str) and html.unescape(value).lstrip().startswith("["):
        try:
            value = json.loads(html.unescape(value))
        except json.JSONDecodeError:
            return [value]
    return [text for item in _items(value) if (text := _words(item))]


def _themes(package: Node, extras: Node) -> list[str]:
    found = [
        text
        for key in ("theme-primary", "extras_theme-primary", "theme-secondary")
        for text in _listed(package.get(key)) + _listed(extras.get(key))
    ]
    return found or _listed(package.get("theme")) + _listed(extras.get("theme"))


def _licence(package: Node, extras: Node) -> str:
    """Return the licence's title, else what its id stands for, else what the extras say, else its address."""
    licence_id = _words(package.get("license_id"))
    title = plain(_words(package.get("license_title")))
    if title and licence_id != "notspecified":
        return title
    if licence_id:
        return _LICENCES.get(licence_id, licence_id)
    said = _listed(extras.get("licence") or package.get("licence") or package.get("license"))
    return next(iter(said), "") or _words(package.get("license_url")) or _words(extras.get("licence_url"))


def _page_by_traces(package: Node, extras: Node) -> str:
    """Return where data.gov.uk shows its datasets, if a record bears its marks; a portal nobody names has no page."""
    marks = {"theme-primary", "theme-secondary", "extras_theme-primary"}
    marked = not marks.isdisjoint(extras) or not marks.isdisjoint(package)
    return f"{_HOME}/dataset/" if marked or _words(package.get("license_id")) == "uk-ogl" else ""


def _page(page: str, source_id: str, slug: str) -> str:
    """Return the portal's page of a dataset; data.gov.uk wants id and slug, others the slug."""
    if not source_id or not page:
        return ""
    if page.startswith(_HOME) and slug and slug != source_id:
        return f"{page}{source_id}/{slug}"
    return f"{page}{slug or source_id}"
