"""Records of portals that answer in a shape of their own, brought into the shape of a CKAN package.

OpenDataSoft, Socrata, ArcGIS Hub, GeoNetwork, Dataverse, DataCite, Zenodo, STAC and OGC API Records: each hides the
same few facts (title, publisher, keywords, licence, page, last change) under names of its own.
"""

from collections.abc import Callable
from typing import Any

from matchmaker.intake.json_files import Node

NAMES = {
    "ckan": "CKAN",
    "dcat": "DCAT",
    "schema.org": "schema.org",
    "opendatasoft": "OpenDataSoft",
    "socrata": "Socrata",
    "hub": "ArcGIS Hub",
    "geonetwork": "GeoNetwork",
    "dataverse": "Dataverse",
    "datacite": "DataCite",
    "zenodo": "Zenodo",
    "stac": "STAC or OGC",
    "json": "plain",
}
"""Format → what its records are called in a sentence."""


def _part(node: Node, *path: str) -> Any:
    value: Any = node
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _opendatasoft(node: Node) -> Node:
    inner = node["dataset"] if isinstance(node.get("dataset"), dict) else node
    metas = inner["metas"] if isinstance(inner.get("metas"), dict) else {}
    said = metas["default"] if isinstance(metas.get("default"), dict) else metas
    return {
        "id": inner.get("dataset_id") or inner.get("datasetid"),
        "title": said.get("title"),
        "notes": said.get("description"),
        "publisher": said.get("publisher"),
        "tags": said.get("keyword"),
        "theme": said.get("theme"),
        "license_title": said.get("license"),
        "metadata_modified": said.get("modified"),
    }


def _socrata(node: Node) -> Node:
    said = node["resource"] if isinstance(node.get("resource"), dict) else node
    tags = [
        *_list(_part(node, "classification", "domain_tags")),
        *_list(_part(node, "classification", "tags")),
        *_list(said.get("tags")),
    ]
    kind = said.get("type")
    return {
        "id": said.get("id"),
        "title": said.get("name"),
        "notes": said.get("description"),
        "publisher": said.get("attribution") or _part(node, "metadata", "domain"),
        "tags": tags,
        "theme": [*_list(_part(node, "classification", "categories")), *_list(node.get("category"))],
        "license_title": said.get("license") or _part(node, "metadata", "license"),
        "url": node.get("permalink"),
        "metadata_modified": said.get("updatedAt"),
        "type": kind if kind in {"story", "chart", "link", "measure"} else None,
    }


def _hub(node: Node) -> Node:
    said = node["attributes"]
    return {
        "id": node.get("id"),
        "title": said.get("name") or said.get("title"),
        "notes": said.get("description") or said.get("snippet"),
        "publisher": said.get("source") or said.get("publisher"),
        "tags": said.get("tags") or said.get("keywords"),
        "theme": said.get("categories"),
        "license_title": said.get("license"),
        "url": said.get("landingPage") or said.get("url"),
        "metadata_modified": said.get("modified"),
    }


def _geonetwork(node: Node) -> Node:
    said = node["_source"]
    tags = [_part(tag, "default") if isinstance(tag, dict) else tag for tag in _list(said.get("tag"))]
    return {
        "id": said.get("uuid") or node.get("id"),
        "title": said.get("resourceTitleObject") or said.get("title"),
        "notes": said.get("resourceAbstractObject") or said.get("abstract"),
        "publisher": next(iter(_list(said.get("OrgForResource"))), None),
        "tags": tags,
    }


def _datacite(node: Node) -> Node:
    said = node["attributes"] if isinstance(node.get("attributes"), dict) else node
    doi, publisher, kind = said.get("doi"), said.get("publisher"), _part(said, "types", "resourceTypeGeneral")
    return {
        "id": doi or node.get("id"),
        "title": _first_said(said, "titles", "title", "titleType", None),
        "notes": _first_said(said, "descriptions", "description", "descriptionType", "Abstract"),
        "publisher": _part(publisher, "name") if isinstance(publisher, dict) else publisher,
        "tags": [_part(one, "subject") for one in _list(said.get("subjects"))],
        "license_title": _first_said(said, "rightsList", "rights", "rights", None),
        "url": f"https://doi.org/{doi}" if isinstance(doi, str) else None,
        "metadata_modified": said.get("updated"),
        "type": None if kind in {None, "", "Dataset", "Collection", "Other"} else kind,
    }


def _first_said(node: Node, several: str, name: str, kind: str, best: str | None) -> Any:
    """Return what the first of several says, of those of the best kind if there are any."""
    there = [one for one in _list(node.get(several)) if isinstance(one, dict) and one.get(name)]
    there.sort(key=lambda one: one.get(kind) != best)
    return there[0][name] if there else None


def _zenodo(node: Node) -> Node:
    said = node["metadata"]
    return {
        "id": node.get("doi") or node.get("id"),
        "title": said.get("title"),
        "notes": said.get("description"),
        "tags": said.get("keywords"),
        "license_title": _part(said, "license", "id") or _part(said, "license", "title"),
        "url": f"https://doi.org/{node['doi']}" if isinstance(node.get("doi"), str) else None,
    }


def _dataverse(node: Node) -> Node:
    kind = node.get("type")
    return {
        "id": node.get("global_id"),
        "title": node.get("name"),
        "notes": node.get("description"),
        "publisher": node.get("publisher"),
        "tags": node.get("keywords"),
        "url": node.get("url"),
        "metadata_modified": node.get("updatedAt") or node.get("published_at"),
        "type": kind if kind in {"file", "dataverse"} else None,
    }


def _stac(node: Node) -> Node:
    said = node["properties"] if isinstance(node.get("properties"), dict) else node
    makers = [maker for maker in _list(said.get("providers")) if isinstance(maker, dict)]
    return {
        "id": node.get("id"),
        "title": said.get("title"),
        "notes": said.get("description"),
        "publisher": makers[0].get("name") if makers else said.get("publisher"),
        "tags": said.get("keywords"),
        "license_title": said.get("license"),
        "metadata_modified": said.get("updated"),
    }


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


_SHAPES: tuple[tuple[str, Callable[[Node], bool], Callable[[Node], Node]], ...] = (
    ("opendatasoft", lambda node: isinstance(node.get("metas"), dict), _opendatasoft),
    ("opendatasoft", lambda node: isinstance(_part(node, "dataset", "metas"), dict), _opendatasoft),
    ("geonetwork", lambda node: isinstance(node.get("_source"), dict), _geonetwork),
    (
        "socrata",
        lambda node: (
            isinstance(node.get("resource"), dict) and ("classification" in node or "permalink" in node)
        ),
        _socrata,
    ),
    ("socrata", lambda node: "viewType" in node and "name" in node, _socrata),
    ("datacite", lambda node: isinstance(_part(node, "attributes", "titles"), list), _datacite),
    ("datacite", lambda node: isinstance(node.get("titles"), list), _datacite),
    ("hub", lambda node: isinstance(node.get("attributes"), dict), _hub),
    ("dataverse", lambda node: "global_id" in node and "name" in node, _dataverse),
    ("zenodo", lambda node: isinstance(node.get("metadata"), dict) and "title" in node["metadata"], _zenodo),
    ("stac", lambda node: isinstance(node.get("properties"), dict), _stac),
    ("stac", lambda node: "providers" in node and "title" in node, _stac),
)


def flattened(node: Node) -> tuple[str, Node] | None:
    """Return the format of a portal's record and the record as a package; None for another shape."""
    for form, fits, flatten in _SHAPES:
        if fits(node):
            return form, {key: value for key, value in flatten(node).items() if value not in (None, [], "")}
    return None
