"""DCAT in JSON: nested catalogues, data.json, DCAT-US 3, `@graph` and the expanded form, by the same short names."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from matchmaker.intake.dataset_rows import DatasetRow, SkipError, dataset_row, split_tags, web_address
from matchmaker.intake.json_files import Node
from matchmaker.intake.languages import best, lists, texts, told

_MAX_DEPTH = 40
_PUBLISHERS = ("publisher", "sourceOrganization", "creator", "includedInDataCatalog")


_TELLING = frozenset(
    {
        "identifier",
        "distribution",
        "landingPage",
        "keyword",
        "theme",
        "modified",
        "publisher",
        "inSeries",
        "isPartOf",
    }
    | {"accessLevel"}
)
"""Keys beside a title that only a dataset has, where nothing says what it is."""
_HOLDING = frozenset({"dataset", "catalog", "service", "datasetSeries", "record", "member", "@type", "@id"})


def types(node: Node) -> set[str]:
    """Return the types of a node by their short names.

    >>> sorted(types({"@type": ["http://www.w3.org/ns/dcat#Dataset", "dcat:Catalog"]}))
    ['catalog', 'dataset']
    """
    return {
        re.split(r"[#/:]", kind)[-1].casefold() for kind in items(node.get("@type")) if isinstance(kind, str)
    }


def is_dataset(node: Any) -> bool:
    """Whether a node is a dataset: by its type, or without one by a title beside an identifier or files."""
    if not isinstance(node, dict):
        return False
    kinds = types(node)
    if kinds or is_holder(node):
        return "dataset" in kinds and "catalog" not in kinds
    return bool(texts(told(node, "title"))) and not _TELLING.isdisjoint(node)


def is_holder(node: Node) -> bool:
    """Whether a node without a type holds datasets or catalogues; the catalogue that a dataset is in is a name alone.

    >>> is_holder({"catalog": [{"dataset": []}]}), is_holder({"title": "Rain", "catalog": {"id": "eu"}})
    (True, False)
    """
    holders = items(node.get("catalog"))
    named = all(isinstance(one, dict) and _HOLDING.isdisjoint(one) for one in holders)
    return "dataset" in node or ("catalog" in node and not (named and holders))


def may_be_dataset(node: Any) -> bool:
    """Whether a record of a list in which kinds differ may be a dataset: it is not said to be something else."""
    return is_dataset(node) or (isinstance(node, dict) and not types(node))


def holds_datasets(document: Node) -> bool:
    """Whether a document is a graph or a catalogue: it lists datasets, or services and records that name some."""
    if isinstance(document.get("@graph"), list):
        return True
    if isinstance(document.get("dataset"), dict) and "metas" in document["dataset"]:
        return False
    if not {"datasetSeries", "servesDataset"}.isdisjoint(document) or is_holder(document):
        return True
    return "service" in document and "catalog" in types(document)


class Graph:
    """The nodes of a document, so that a link by `@id` finds what it names."""

    def __init__(self, nodes: Iterable[Any]) -> None:
        """Index every node with an `@id`, however deep it lies. O(size of the document)."""
        self.nodes: list[Node] = [node for node in nodes if isinstance(node, dict)]
        self._by_id: dict[str, Node] = {}
        self._absent: dict[str, None] = {}
        waiting: list[Any] = [*reversed(self.nodes)]
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(reversed(value))
            elif isinstance(value, dict):
                waiting.extend(reversed(value.values()))
                name = value.get("@id")
                if isinstance(name, str) and len(value) > 1:
                    self._by_id.setdefault(name, value)

    def node(self, value: Any) -> Any:
        """Return the node a link (`{"@id": …}` or the bare id) names, else the value itself."""
        name = value.get("@id") if isinstance(value, dict) and len(value) == 1 else value
        return self._by_id.get(name, value) if isinstance(name, str) else value

    def datasets(self) -> Iterator[tuple[Node, str]]:
        """Yield every dataset with the title of the series it is listed under, each once.

        Catalogues are walked to any depth. Nodes that are catalogues, files or publishers are no datasets.
        """
        seen: set[int] = set()
        listed = [found for node in self.nodes for found in self._listed(node, "", 0)]
        loose = [(node, "") for node in self.nodes if is_dataset(node)]
        for node, series in [*listed, *loose]:
            if id(node) not in seen:
                seen.add(id(node))
                yield node, series

    def _listed(self, holder: Node, series: str, depth: int) -> Iterator[tuple[Node, str]]:
        """Yield the datasets a catalogue or series holds, in its own order; what is none comes as an empty node."""
        if depth > _MAX_DEPTH:
            return
        yield from self._members(holder, series)
        for key in ("catalog", "service"):
            for inner in self._nodes(holder, key):
                yield from self._listed(inner, "", depth + 1)
        for inner in (*self._nodes(holder, "record"), *self._nodes(holder, "member")):
            subjects = self._nodes(inner, "primaryTopic") if "primaryTopic" in inner else (inner,)
            yield from ((subject, series) for subject in subjects if is_dataset(subject))
        for inner in self._nodes(holder, "datasetSeries"):
            name = text(inner.get("title")) or identifier(inner) or "series"
            yield from self._listed(inner, name, depth + 1)

    def _members(self, holder: Node, series: str) -> Iterator[tuple[Node, str]]:
        """Yield what a catalogue, a service or a series names as its datasets; those not here are counted."""
        members: set[str] = set()
        for key in ("dataset", "seriesMember", "first", "last") if series else ("dataset", "servesDataset"):
            for value in items(holder.get(key)):
                node = self.node(value)
                name = identifier(node) if isinstance(node, dict) else ""
                if key in {"first", "last"} and name in members:
                    continue  # the ends of a series are its members, written down again
                members.add(name)
                if _is_link(node):
                    self._absent[str(node.get("@id") if isinstance(node, dict) else node)] = None
                else:
                    yield (node if isinstance(node, dict) else {}), series

    def _nodes(self, holder: Node, key: str) -> Iterator[Node]:
        """Yield the nodes a key holds or links to."""
        for value in items(holder.get(key)):
            if isinstance(node := self.node(value), dict):
                yield node

    def total(self) -> int:
        """Return how many datasets the whole answer has by its own count, 0 where it does not say."""
        counts = [text(node.get("totalItems")) for node in self.nodes]
        return max((int(count) for count in counts if count.isdecimal() and len(count) < 10), default=0)

    def linked(self) -> tuple[str, ...]:
        """Return the addresses of datasets that are only named, once `datasets` has been gone through."""
        return tuple(self._absent)

    def row(self, where: str, node: Node, series: str) -> DatasetRow:
        """Return the dataset a node describes; raises SkipError if it has no title."""
        if not node:
            raise SkipError("It is empty.")
        parent = self.node(next(iter(items(node.get("inSeries")) + items(node.get("isPartOf"))), None))
        if isinstance(parent, dict):
            series = series or text(parent.get("title")) or identifier(parent)
        return dataset_row(
            where,
            told(node, "title", "name"),
            source_id=identifier(node),
            publisher=self._publisher(node),
            description=told(node, "description", "abstract"),
            tags=_tags(node.get("keyword") or told(node, "keywords", "tags") or None),
            themes=[self._theme(value) for value in items(node.get("theme"))],
            licence=self._licence(node),
            url=self._page(node),
            modified=text(node.get("modified")) or text(node.get("dateModified")),
            series_hint=series or text(parent),
        )

    def _publisher(self, node: Node) -> str:
        for value in [value for key in _PUBLISHERS for value in items(node.get(key))]:
            holder = self.node(value)
            if isinstance(holder, dict) and "person" in types(holder):
                continue
            if isinstance(holder, dict) and (name := _name(holder)):
                return name
            if not isinstance(holder, dict) and (name := text(holder)):
                return _last_part(name)
        return ""

    def _theme(self, value: Any) -> str:
        holder = self.node(value)
        return _name(holder) if isinstance(holder, dict) else _last_part(text(holder))

    def _licence(self, node: Node) -> str:
        """Return the licence of the dataset, else of the first of its files that has one."""
        holders = [node, *(self.node(value) for value in items(node.get("distribution")))]
        for holder in holders:
            for value in items(holder.get("license")) if isinstance(holder, dict) else ():
                licence = self.node(value)
                words = text(licence) or (_name(licence) if isinstance(licence, dict) else "")
                if isinstance(licence, dict) and not words:
                    words = text(licence.get("@id"))
                if words and not words.startswith("_:"):
                    return words
        return ""

    def _page(self, node: Node) -> str:
        """Return the dataset's page: its landing page, else its own `@id` where that is an address."""
        pages = [*items(node.get("landingPage")), *items(node.get("url"))]
        for value in [*pages, node.get("@id"), *items(node.get("identifier"))]:
            holder = value.get("@id") if isinstance(value, dict) and "@value" not in value else value
            if address := web_address(text(holder)):
                return address
        return ""


def _is_link(node: Any) -> bool:
    """Whether this only names a node that is not in the file."""
    return isinstance(node, str) or (isinstance(node, dict) and set(node) == {"@id"})


def items(value: Any) -> list[Any]:
    """Return a list as it is, nothing as an empty list, and anything else as a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: Any) -> str:
    """Return the words of a value: a text, a number, `{"@value"}`, or of several languages the English one.

    >>> text([{"@value": "Pridd", "@language": "cy"}, {"@value": "Soil", "@language": "en"}]), text({"fr": "Sol"})
    ('Soil', 'Sol')
    """
    return best(texts(value)) or ""


def identifier(node: Node) -> str:
    """Return the id of a dataset: its identifier as text or object, else its `@id` or `id`; a blank node's is none.

    >>> identifier({"identifier": {"@id": "https://example.org/1"}}), identifier({"@id": "_:b0"})
    ('https://example.org/1', '')
    """
    for value in [*items(node.get("identifier")), node.get("@id"), node.get("id")]:
        found = text(value)
        if not found and isinstance(value, dict):
            found = text(value.get("@id")) or text(value.get("notation"))
        if found and not found.startswith("_:"):
            return found
    return ""


def _name(node: Node) -> str:
    """Return the name of a publisher, theme or licence, in the order of trust; else the end of its address."""
    for key in ("name", "prefLabel", "fn", "title", "label"):
        if words := text(node.get(key)):
            return words
    return text(node) or _last_part(text(node.get("@id")))


def _last_part(words: str) -> str:
    """Return the last part of an address, as the name of what it stands for; other words stay as they are.

    >>> _last_part("http://publications.europa.eu/resource/authority/data-theme/ENVI"), _last_part("Kew / Wakehurst")
    ('ENVI', 'Kew / Wakehurst')
    >>> _last_part("#environment-agency"), _last_part("../bodies/defra")
    ('environment-agency', 'defra')
    """
    if words.startswith("_:"):
        return ""
    if curie := re.fullmatch(r"[A-Za-z][\w.-]*:([^\s/:#]+)", words):
        return unquote(curie[1])
    is_address = web_address(words) or re.match(r"#\S+$|\.{0,2}/\S+$", words)
    return unquote(re.split(r"[/#]", words.rstrip("/#"))[-1]) if is_address else words


def _tags(value: Any) -> Any:
    """Return keywords: a list, or one text that holds several, by language where languages are told apart."""
    found = lists(value)
    if set(found) == {""}:
        texts_only = [tag for tag in items(value) if isinstance(tag, str)]
        return split_tags(found[""][0]) if len(found[""]) == 1 and len(texts_only) < 2 else found[""]
    english = {language: words for language, words in found.items() if language.startswith("en")}
    if english and "" in found:
        first = next(iter(english))
        found[first] = [*found[first], *found.pop("")]
    return found
