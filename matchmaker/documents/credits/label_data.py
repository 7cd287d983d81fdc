"""Labels to take away as data: DCAT for catalogues, DataCite for citations, schema.org for search engines.

Sources: W3C DCAT 3 (`prov:qualifiedAttribution`, `dcat:hadRole`), INSPIRE ResponsiblePartyRole, CRediT, DataCite
metadata schema 4 (`contributors`), schema.org Dataset and Role. Several of our roles share a term there, so
each attribution carries the role in our own words, too: what is written can be read back.
"""

import json
from typing import Any

from matchmaker.documents.credits.label_files import Labelled, role_words
from matchmaker.recognition.label import Entry, Line
from matchmaker.recognition.roles import Role

INSPIRE = "http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/"
"""Followed by one of the eleven codes of ISO 19115:2003: sponsor and funder came later, and have no such address."""
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}


def dcat(one: Labelled) -> str:
    """Write a dataset as DCAT JSON-LD with one `prov:qualifiedAttribution` a person and role."""
    described: dict[str, Any] = {"@context": CONTEXT, "@type": "dcat:Dataset"}
    if one.public_page:
        described["@id"] = one.public_page
    described |= {"dct:identifier": one.identifier, "dct:title": one.title}
    if one.publisher:
        described["dct:publisher"] = {"@type": "foaf:Agent", "foaf:name": one.publisher}
    if one.landing_page:
        described["dcat:landingPage"] = {"@id": one.landing_page}
    described["prov:qualifiedAttribution"] = [
        _attribution(line, entry) for line in one.label.lines for entry in line.entries
    ]
    return _json(described)


def _attribution(line: Line, entry: Entry) -> dict[str, Any]:
    kind = "foaf:Group" if entry.is_team else "foaf:Person" if entry.is_named else "foaf:Agent"
    agent: dict[str, Any] = {"@type": kind, "foaf:name": entry.shown}
    if entry.organisation:
        agent["org:memberOf"] = {"@type": "foaf:Organization", "foaf:name": entry.organisation}
    return {
        "@type": "prov:Attribution",
        "prov:agent": agent,
        "dcat:hadRole": [{"@id": address} for address in role_addresses(line.role)],
        "rdfs:label": role_words(line, entry),
    }


def role_addresses(role: Role) -> list[str]:
    """Return the addresses that published vocabularies have for a role: INSPIRE's, then CRediT's.

    >>> from matchmaker.recognition.roles import role
    >>> role_addresses(role("backed"))
    ['https://credit.niso.org/contributor-roles/funding-acquisition/']
    """
    code = role.iso_code(older=True)
    return [*([INSPIRE + code] if code else []), *role.credit_uris[:1]]


def datacite(one: Labelled) -> str:
    """Write the people as DataCite `contributors`, one a person and type; a name that is not shown has no type."""
    contributors: list[dict[str, Any]] = []
    for line in one.label.lines:
        for entry in line.entries:
            contributor: dict[str, Any] = {"name": entry.shown}
            if entry.is_named:
                contributor["nameType"] = "Organizational" if entry.is_team else "Personal"
            own = line.role.datacite_organisation if entry.is_team else None
            contributor["contributorType"] = own or line.role.datacite or "Other"
            contributor["affiliation"] = [{"name": entry.organisation}] if entry.organisation else []
            contributor["nameIdentifiers"] = []
            if contributor not in contributors:
                contributors.append(contributor)
    return _json({"contributors": contributors})


def schema_org(one: Labelled) -> dict[str, Any]:
    """Return the dataset as schema.org describes one, for the public page's own markup."""
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": one.title,
        "description": f"Who the dataset “{one.title}” is from: the people who made it and look after it.",
        "identifier": one.identifier,
    }
    if one.public_page:
        described["url"] = one.public_page
    if one.landing_page:
        described["sameAs"] = one.landing_page
    if one.publisher:
        described["publisher"] = {"@type": "Organization", "name": one.publisher}
    described["contributor"] = [
        {"@type": "Role", "roleName": role_words(line, entry), "contributor": _someone(entry)}
        for line in one.label.lines
        for entry in line.entries
    ]
    return described


def _someone(entry: Entry) -> dict[str, Any]:
    """Return a person or a team, or the organisation in place of somebody who is not named."""
    place = {"@type": "Organization", "name": entry.organisation} if entry.organisation else None
    if not entry.is_named:
        return place or {"@type": "Person", "name": entry.shown}
    if entry.is_team:
        team = {"@type": "Organization", "name": entry.shown}
        return team | {"parentOrganization": place} if place else team
    person: dict[str, Any] = {"@type": "Person", "name": entry.shown}
    return person | {"affiliation": place} if place else person


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
