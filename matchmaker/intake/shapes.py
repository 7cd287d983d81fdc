"""What the records of a catalogue are, judged by all of them and all their keys, and how each is read.

A key that one record happens to have decides nothing: a CKAN package may have an `identifier`.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matchmaker.intake import ckan, dcat
from matchmaker.intake.dataset_rows import DatasetRow, SkipError
from matchmaker.intake.json_files import Node
from matchmaker.intake.portal_records import NAMES, flattened
from matchmaker.intake.problems import IntakeError

ASK_INSTEAD = "Ask the catalogue for its CKAN answer, for DCAT as JSON-LD, for data.json or for CSV."
Maker = Callable[[str], DatasetRow]

_CKAN_KEYS = frozenset(
    {
        "resources",
        "notes",
        "organization",
        "license_id",
        "license_title",
        "metadata_modified",
        "state",
        "private",
    }
    | {
        "extras",
        "groups",
        "owner_org",
        "num_resources",
        "validated_data_dict",
        "data_dict",
        "title_translated",
    }
    | {"theme-primary", "notes_translated", "extras_theme-primary"}
)
_DCAT_KEYS = frozenset(
    {"@type", "@id", "distribution", "landingPage", "keyword", "modified", "identifier", "theme", "inSeries"}
    | {"isPartOf", "accessLevel"}
)
_LISTS = (
    "results",
    "docs",
    "packages",
    "datasets",
    "data",
    "items",
    "hits",
    "collections",
    "features",
    "records",
    "value",
)
_TOTALS = (
    "count",
    "numFound",
    "total_count",
    "resultSetSize",
    "nhits",
    "numberMatched",
    "totalCount",
    "total",
)


@dataclass(frozen=True)
class RecordsFound:
    """Records of a document, each ready to be made a row, and how many the whole answer has by its own count.

    `linked` are the addresses of datasets that it only names. `kinds` counts the records by format.
    """

    format: str
    makers: Sequence[Maker]
    total: int = 0
    linked: Sequence[str] = ()
    kinds: Counter[str] | None = None


def shape(document: Any, prefixed: bool) -> RecordsFound:
    """Return the records in a document; `prefixed` tells DCAT from data.json. Raises IntakeError for no catalogue."""
    if isinstance(document, list):
        return _list_shape(document, "")
    if not isinstance(document, dict):
        raise IntakeError(f"This is JSON, but not a catalogue. {ASK_INSTEAD}")
    if document.get("success") is False:
        raise IntakeError(
            "The catalogue answered with an error instead of datasets. Ask it again, and choose the new file."
        )
    page = ckan.portal_page(str(document.get("help") or ""))
    answer = document.get("result", document.get("response"))
    if isinstance(answer, list):
        return _list_shape(answer, page)
    answer = answer if isinstance(answer, dict) else document
    if dcat.holds_datasets(answer):
        return _graph(
            answer["@graph"] if isinstance(answer.get("@graph"), list) else [answer],
            _graph_format(answer, prefixed),
        )
    listed = _listed(answer)
    if listed is not None:
        return _list_shape(listed, page, _total(answer), asked=True)
    return _list_shape([answer], page)


def _graph_format(answer: Node, prefixed: bool) -> str:
    if isinstance(answer.get("@graph"), list):
        return "dcat-graph"
    if "schema.org" in str(answer.get("@context")):
        return "schema.org"
    return "dcat" if prefixed else "data.json"


def _listed(answer: Node) -> list[Any] | None:
    """Return the records an answer lists, under whatever name, also one level down; None if it is a record itself."""
    for key in _LISTS:
        value = answer.get(key)
        if isinstance(value, dict) and isinstance(value.get(key), list):
            value = value[key]  # Elasticsearch: hits inside hits
        if isinstance(value, dict) and isinstance(value.get("items"), list):
            value = value["items"]
        if key == "features" and not value:
            continue  # a map without places is no catalogue
        if isinstance(value, list) and not (key in {"data", "items", "value"} and ckan.has_title(answer)):
            return value
    return None


def _total(answer: Node) -> int:
    stats = answer.get("meta", {}) if isinstance(answer.get("meta"), dict) else {}
    hits = answer.get("hits") if isinstance(answer.get("hits"), dict) else {}
    data = answer.get("data") if isinstance(answer.get("data"), dict) else {}
    assert isinstance(hits, dict)
    assert isinstance(data, dict)
    for holder in (answer, data, stats, stats.get("stats") or {}, hits):
        for key in _TOTALS:
            value = holder.get(key) if isinstance(holder, dict) else None
            value = value.get("value") if isinstance(value, dict) else value
            if isinstance(value, int) and not isinstance(value, bool):
                return value
    return 0


def _list_shape(nodes: list[Any], page: str, total: int = 0, *, asked: bool = False) -> RecordsFound:
    """Return the records of a list; `asked` is true for the answer to a search, which may be titles alone."""
    if len(nodes) == 1 and isinstance(nodes[0], list):
        nodes = nodes[0]
    words = [node for node in nodes if isinstance(node, str)]
    if asked and len(words) == len(nodes) and any(" " in word.strip() for word in words):
        nodes = [{"title": word} for word in words]  # names for addresses have no spaces
    _refuse_other_lists(nodes)
    kinds = [kind_of(node) for node in nodes]
    counted = Counter(kind for kind in kinds if kind)
    if counted and set(counted) <= {"dcat", "schema.org"}:
        form = "dcat-expanded" if _is_expanded(nodes) else counted.most_common(1)[0][0]
        found = _graph(nodes, form)
        if nodes and not found.makers:
            raise IntakeError(
                f"None of the {len(nodes):,} records in this file is said to be a dataset. {ASK_INSTEAD}"
            )
        return found
    if nodes and not counted:
        raise IntakeError(
            no_titles(len(nodes))
            if asked
            else f"This is JSON, but not a catalogue of datasets. {ASK_INSTEAD}"
        )
    if counted and not any(_titled(node) for node in nodes):
        raise IntakeError(no_titles(len(nodes)))
    graph = dcat.Graph(nodes) if not {"dcat", "schema.org"}.isdisjoint(counted) else None
    makers = [_maker(node, kind, page, graph) for node, kind in zip(nodes, kinds, strict=True)]
    form = counted.most_common(1)[0][0] if counted else "ckan"
    return RecordsFound("ckan" if form == "json" and asked else form, makers, total, kinds=counted)


def kind_of(node: Any) -> str:
    """Return the format of one record by all its keys, "" for what is no dataset.

    >>> kind_of({"title": "Rain", "resources": [], "identifier": "rg-1"}), kind_of({"title": "Rain"})
    ('ckan', 'json')
    """
    if not isinstance(node, dict):
        return ""
    if "@type" in node or (dcat.is_holder(node) and not isinstance(node.get("metas"), dict)):
        kinds = dcat.types(node)
        if "metas" not in str(node.get("dataset"))[:400]:
            return "schema.org" if "dataset" in kinds and "name" in node and "title" not in node else "dcat"
    portal = flattened(node)
    if portal:
        return portal[0]
    return _kind_by_keys(node)


def _kind_by_keys(node: Node) -> str:
    """Return ckan, dcat or json, whichever most keys speak for; "" for none."""
    ckan_keys, dcat_keys = _CKAN_KEYS & node.keys(), _DCAT_KEYS & node.keys()
    if isinstance(node.get("tags"), (list, str)):
        ckan_keys |= {"tags"}
    if isinstance(node.get("publisher"), dict):
        dcat_keys |= {"publisher"}
    if ckan_keys or dcat_keys:
        if len(dcat_keys) > len(ckan_keys):
            return "dcat"
        return "ckan" if ckan.has_title(node) or "name" in node or ckan_keys - {"tags"} else ""
    return "json" if ckan.has_title(node) or "publisher" in node else ""


def _titled(node: Any) -> bool:
    if not isinstance(node, dict):
        return False
    portal = flattened(node)
    return ckan.has_title(portal[1] if portal else node) or "@type" in node or "identifier" in node


def _is_expanded(nodes: list[Any]) -> bool:
    return any("http" in str(node.get("@type")) for node in nodes if isinstance(node, dict))


def _maker(node: Any, kind: str, page: str, graph: dcat.Graph | None) -> Maker:
    """Return what makes a row of one record of a list in which the kinds may differ."""
    if graph is not None and kind in {"dcat", "schema.org"}:
        return lambda where: graph.row(where, node, "") if dcat.may_be_dataset(node) else _skip()
    portal = flattened(node) if kind not in {"", "ckan", "json"} else None
    return lambda where: ckan.package_row(where, portal[1] if portal else node, page)


def _skip() -> DatasetRow:
    raise SkipError("It is not a dataset.")


def _graph(nodes: list[Any], file_format: str) -> RecordsFound:
    graph = dcat.Graph(nodes)
    makers = [
        lambda where, node=node, series=series: graph.row(where, node, series)
        for node, series in graph.datasets()
    ]
    return RecordsFound(file_format, makers, graph.total(), graph.linked())


def _refuse_other_lists(nodes: list[Any]) -> None:
    """Raise IntakeError for lists that look like datasets and are not, naming what they are."""
    inner = [node for node in nodes if isinstance(node, dict)]
    if nodes and not inner:
        raise IntakeError(no_titles(len(nodes)))
    if any(map(ckan.is_organisation, inner)) and not any(map(ckan.is_package, inner)):
        raise IntakeError(f"This is a list of organisations or groups, not of datasets. {ASK_INSTEAD}")
    if any("aspects" in node for node in inner):
        raise IntakeError(f"These are Magda records, which we do not read. {ASK_INSTEAD}")
    if any("recordSet" in node for node in inner):
        raise IntakeError(f"This is Croissant, which we do not read. {ASK_INSTEAD}")


def no_titles(count: int) -> str:
    """Return the sentence on a list that gives no titles."""
    return (
        f"The file names {count:,} {'dataset' if count == 1 else 'datasets'} but gives no titles. "
        "Ask the catalogue for the full answer (package_search), not for a list of names."
    )


def mixed(kinds: Counter[str]) -> str:
    """Return the sentence that says that a file mixes records, "" where it does not.

    >>> mixed(Counter({"ckan": 2, "dcat": 1}))
    'The file mixes records: 2 CKAN and 1 DCAT. Each was read as what it is.'
    """
    named = {kind: count for kind, count in kinds.items() if kind != "json"}
    if len(named) < 2:
        return ""
    parts = [f"{count:,} {NAMES[kind]}" for kind, count in Counter(named).most_common()]
    return f"The file mixes records: {', '.join(parts[:-1])} and {parts[-1]}. Each was read as what it is."
