"""Labels as text and as data: what is written, read back, is the label; and others can read it."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef

from matchmaker.documents.credits.label_data import datacite, dcat, schema_org
from matchmaker.documents.credits.label_files import (
    Labelled,
    badge,
    by_person,
    credits_text,
    from_whom,
    labels_csv,
    readme,
)
from matchmaker.recognition.label import Credit, LabelPerson, Thanks, make_label
from matchmaker.recognition.roles import ROLES
from matchmaker.recognition.states import ContributionState, EndorsementState

# rdflib's own reader of JSON-LD still uses a class that rdflib calls old.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

YES, THANKED = ContributionState.ACCEPTED, EndorsementState.ACCEPTED
ADA = LabelPerson(1, "Ada *Bold* [x](http://e.example) <b>", "Water & Rivers Office")
BEN = LabelPerson(2, "=Ben", "Soil Office")
SHY = LabelPerson(3, "Cy Secret", "Soil Office", shows_name=False)
TEAM = LabelPerson(-7, "Licensing Team", "Water & Rivers Office", is_team=True)
ALONE = LabelPerson(4, "Llŷr 王", "")

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
PAGE = URIRef("https://labels.example/labels/rivers")


@pytest.fixture
def one():
    label = make_label(
        [
            Credit(ADA, "collected", YES, self_declared=True),
            Credit(ADA, "maintained", YES),
            *(Credit(BEN, role, YES) for role in ROLES if role != "other"),
            Credit(SHY, "checked", YES),
            Credit(ALONE, "other", YES, "drew its map"),
            Credit(TEAM, "cleared", YES),
            Credit(LabelPerson(5, "Not Asked", "Nowhere"), "built", ContributionState.AWAITING),
            Credit(LabelPerson(6, "Said No", "Nowhere"), "built", ContributionState.DECLINED),
        ],
        [
            Thanks(BEN, ADA, "collected", "=You counted every weir, twice.", THANKED),
            Thanks(SHY, ADA, "collected", "You counted every fish as well.", THANKED),
            Thanks(BEN, ADA, "maintained", "This one is not accepted yet.", EndorsementState.AWAITING),
        ],
    )
    return Labelled(
        "id-1", "River levels", "Water Office", "https://data.example/rivers", label, public_page=str(PAGE)
    )


def said(label):
    """Who, of which organisation, did what: the content of a label without the thanks."""
    return sorted(
        (
            entry.shown,
            entry.organisation,
            entry.role_text or line.role.label,
            entry.is_named and not entry.is_team,
            tuple(sorted(addresses(line.role))),
        )
        for line in label.lines
        for entry in line.entries
    )


def addresses(role):
    inspire = "http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/"
    if role.iso not in (None, "sponsor", "funder"):
        yield inspire + role.iso
    if role.credit:
        yield f"https://credit.niso.org/contributor-roles/{role.credit}/"


def test_dcat_read_back_by_another_program_is_the_label(one):
    graph = Graph().parse(data=dcat(one), format="json-ld")
    assert (PAGE, RDF.type, DCAT.Dataset) in graph
    assert (PAGE, DCT.title, Literal("River levels")) in graph
    assert (PAGE, DCT.identifier, Literal("id-1")) in graph
    assert (PAGE, DCAT.landingPage, URIRef("https://data.example/rivers")) in graph
    assert str(graph.value(graph.value(PAGE, DCT.publisher), FOAF.name)) == "Water Office"
    read = []
    for attribution in graph.objects(PAGE, PROV.qualifiedAttribution):
        assert (attribution, RDF.type, PROV.Attribution) in graph
        agent = graph.value(attribution, PROV.agent)
        place = graph.value(agent, ORG.memberOf)
        read.append(
            (
                str(graph.value(agent, FOAF.name)),
                str(graph.value(place, FOAF.name)) if place else "",
                str(graph.value(attribution, RDFS.label)),
                (agent, RDF.type, FOAF.Person) in graph,
                tuple(sorted(str(role) for role in graph.objects(attribution, DCAT.hadRole))),
            )
        )
    assert sorted(read) == said(one.label)
    assert len(read) == 17


TEXT = {"type": "string", "minLength": 1}
DCAT_SHAPE = {
    "type": "object",
    "required": ["@context", "@type", "dct:identifier", "dct:title", "prov:qualifiedAttribution"],
    "properties": {
        "@type": {"const": "dcat:Dataset"},
        "@id": {"type": "string", "pattern": "^https?://"},
        "dct:title": TEXT,
        "dcat:landingPage": {"type": "object", "required": ["@id"]},
        "prov:qualifiedAttribution": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["@type", "prov:agent", "dcat:hadRole"],
                "properties": {
                    "@type": {"const": "prov:Attribution"},
                    "prov:agent": {
                        "type": "object",
                        "required": ["@type", "foaf:name"],
                        "properties": {
                            "@type": {"enum": ["foaf:Person", "foaf:Group", "foaf:Agent"]},
                            "foaf:name": TEXT,
                            "org:memberOf": {"type": "object", "required": ["@type", "foaf:name"]},
                        },
                        "additionalProperties": False,
                    },
                    "dcat:hadRole": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["@id"],
                            "properties": {"@id": {"type": "string", "pattern": "^https?://"}},
                            "additionalProperties": False,
                        },
                    },
                    "rdfs:label": TEXT,
                },
                "additionalProperties": False,
            },
        },
    },
}
CONTRIBUTOR_TYPES = [
    "ContactPerson", "DataCollector", "DataCurator", "DataManager", "Distributor", "Editor", "HostingInstitution",
    "Other", "Producer", "ProjectLeader", "ProjectManager", "ProjectMember", "RegistrationAgency",
    "RegistrationAuthority", "RelatedPerson", "ResearchGroup", "RightsHolder", "Researcher", "Sponsor",
    "Supervisor", "Translator", "WorkPackageLeader",
]  # fmt: skip
DATACITE = {
    "type": "object",
    "required": ["contributors"],
    "additionalProperties": False,
    "properties": {
        "contributors": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["name", "contributorType"],
                "additionalProperties": False,
                "properties": {
                    "name": TEXT,
                    "nameType": {"enum": ["Personal", "Organizational"]},
                    "contributorType": {"enum": CONTRIBUTOR_TYPES},
                    "affiliation": {
                        "type": "array",
                        "items": {"type": "object", "required": ["name"], "properties": {"name": TEXT}},
                    },
                    "nameIdentifiers": {"type": "array"},
                },
            },
        }
    },
}


def test_dcat_has_the_shape_it_says(one):
    jsonschema.validate(json.loads(dcat(one)), DCAT_SHAPE)


def test_datacite_has_the_shape_of_its_contributors_and_says_what_the_label_says(one):
    written = json.loads(datacite(one))
    jsonschema.validate(written, DATACITE)
    assert {
        (who["name"], *(place["name"] for place in who["affiliation"]), who["contributorType"])
        for who in written["contributors"]
    } == {
        (
            entry.shown,
            *filter(None, [entry.organisation]),
            "RightsHolder" if entry.is_team else line.role.datacite,
        )
        for line in one.label.lines
        for entry in line.entries
    }
    kinds = {who["name"]: who.get("nameType") for who in written["contributors"]}
    assert (kinds["someone at Soil Office"], kinds["Licensing Team"], kinds["=Ben"]) == (
        None,
        "Organizational",
        "Personal",
    )


def test_a_dataset_without_addresses_is_still_dcat(one):
    bare = Labelled("x", "No address", "", "", one.label)
    graph = Graph().parse(data=dcat(bare), format="json-ld")
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert str(graph.value(dataset, DCT.title)) == "No address"
    assert graph.value(dataset, DCT.publisher) is None


def test_search_engines_read_the_people_as_contributors_in_roles(one):
    found = schema_org(one)
    assert (found["@type"], found["url"], found["publisher"]["name"]) == (
        "Dataset",
        str(PAGE),
        "Water Office",
    )
    roles = [(role["roleName"], role["contributor"]) for role in found["contributor"]]
    assert (
        "drew its map",
        {"@type": "Person", "name": "Llŷr 王"},
    ) in roles
    assert ("Checked its quality", {"@type": "Organization", "name": "Soil Office"}) in roles


def test_a_table_read_back_is_the_label_and_runs_no_formula(one):
    rows = list(csv.DictReader(io.StringIO(labels_csv([one]).decode("utf-8-sig"))))
    assert list(rows[0]) == [
        "dataset_id", "dataset_title", "publisher", "person", "organisation", "role", "level", "self_declared",
        "endorsed_by_colleagues", "endorsed_by_organisations", "comments",
    ]  # fmt: skip
    assert sorted((row["person"], row["organisation"], row["role"]) for row in rows) == sorted(
        (
            "'=Ben" if entry.shown == "=Ben" else entry.shown,
            entry.organisation,
            entry.role_text or line.role.id,
        )
        for line in one.label.lines
        for entry in line.entries
    )
    (thanked,) = [row for row in rows if row["comments"]]
    assert thanked == rows[0] | {
        "person": ADA.name,
        "level": "",
        "self_declared": "yes",
        "endorsed_by_colleagues": "2",
        "endorsed_by_organisations": "1",
        "comments": "'=You counted every weir, twice. | You counted every fish as well.",
    }


def test_plain_credits_name_each_person_once_with_all_they_did(one):
    text = credits_text(one)
    assert text.startswith(
        "River levels\n============\nPublished by Water Office\n\nFrom 5 people at 2 organisations:\n"
    )
    assert (
        "Water & Rivers Office: Collected or measured it; Kept it up to date and answered questions\n" in text
    )
    assert "\nsomeone at Soil Office: Checked its quality\n" in text
    assert "\nLlŷr 王: drew its map\n" in text
    assert len(by_person(one.label)) == 5


def test_a_readme_shows_names_as_they_are(one):
    text = readme(one, f"{PAGE}/badge.svg")
    assert f"[![From 5 people at 2 organisations]({PAGE}/badge.svg)]({PAGE})" in text
    assert r"- Ada \*Bold\* \[x\]\(http://e.example\) \<b\>, Water \& Rivers Office: Collected" in text
    assert "badge" not in readme(one)


def test_a_badge_counts_people_and_organisations_of_the_dataset_and_needs_nothing_from_elsewhere(one):
    root = ET.fromstring(badge(one.label))
    assert root.get("aria-label") == "From 5 people at 2 organisations"
    assert not any("href" in name for part in root.iter() for name in part.attrib)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([ADA], "From 1 person at 1 organisation"),
        ([ALONE], "From 1 person"),
        ([ADA, SHY, BEN], "From 3 people at 2 organisations"),
    ],
)
def test_how_many_people_are_told_in_words(people, words):
    assert from_whom(make_label([Credit(person, "checked", YES) for person in people]).makers) == words


def test_nobody_who_has_not_accepted_is_in_any_file(one):
    files = [dcat(one), datacite(one), labels_csv([one]).decode(), credits_text(one), readme(one)]
    for text in [*files, badge(one.label), json.dumps(schema_org(one))]:
        for secret in ("Not Asked", "Said No", "Cy Secret", "not accepted yet"):
            assert secret not in text
