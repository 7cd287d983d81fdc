import pytest

from matchmaker.recognition.roles import ROLES, find_roles, role


def test_there_are_thirteen_roles_in_a_fixed_order():
    assert list(ROLES) == [
        "collected",
        "curated",
        "checked",
        "documented",
        "cleared",
        "published",
        "maintained",
        "built",
        "analysed",
        "coordinated",
        "backed",
        "explained",
        "other",
    ]


@pytest.mark.parametrize("one", ROLES.values(), ids=lambda one: one.id)
def test_every_role_can_be_said_and_asked_for(one):
    assert "{it}" in one.action
    assert "{it}" not in one.says()
    assert one.question.startswith("Who ")
    assert one.question.endswith("?")
    assert one.words


def test_a_sentence_names_the_dataset():
    assert (
        role("maintained").says("the Water Quality Archive") == "keeps the Water Quality Archive up to date"
    )
    assert role("collected").says() == "collected it"


def test_only_explaining_and_other_are_not_missed():
    assert [one.id for one in ROLES.values() if one.optional] == ["explained", "other"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("opened", "published"),
        ("legal", "cleared"),
        ("answered questions", "maintained"),
        ("built on", "built"),
        ("paid for", "backed"),
        ("found errors", "checked"),
        ("Found ERRORS in it", "checked"),
        ("measuring", "collected"),
        ("wrote the metadata", "documented"),
        ("training", "explained"),
        ("project manager", "coordinated"),
        ("licensing", "cleared"),
    ],
)
def test_everyday_words_find_the_role(words, first):
    assert find_roles(words)[0].id == first


@pytest.mark.parametrize("nothing", ["", "   ", "of the", "?!"])
def test_nothing_typed_lists_all_roles(nothing):
    assert find_roles(nothing) == tuple(ROLES.values())


def test_words_that_fit_no_role_find_nothing():
    assert find_roles("xylophone") == ()


def test_an_unknown_role_is_named():
    with pytest.raises(KeyError, match="polished"):
        role("polished")


def test_every_role_is_mapped_as_far_as_the_published_lists_go() -> None:
    mapped = {
        one.id: (one.credit, one.credit_also, one.datacite, one.datacite_also, one.datacite_organisation,
                 one.iso, one.iso_also, one.grade)
        for one in ROLES.values()
    }  # fmt: skip
    assert mapped == {
        "collected": ("investigation", ("resources",), "DataCollector", (), None, "originator", (), "exact to close"),
        "curated": ("data-curation", (), "DataCurator", (), None, "processor", (), "exact"),
        "checked": ("validation", (), "DataCurator", (), None, "processor", (), "close"),
        "documented": (
            "data-curation", ("writing-original-draft",), "DataCurator", ("Editor",), None, "author", (), "close",
        ),
        "cleared": ("project-administration", (), "Other", (), "RightsHolder", "owner", (), "weak"),
        "published": ("data-curation", (), "Distributor", (), None, "publisher", ("distributor",), "broad"),
        "maintained": (
            "data-curation", (), "DataManager", ("ContactPerson",), None, "custodian", ("pointOfContact",),
            "exact in DataCite",
        ),
        "built": ("software", (), "Other", (), "HostingInstitution", "resourceProvider", (), "exact in CRediT"),
        "analysed": ("formal-analysis", ("visualization",), "Researcher", (), None, "user", (), "close"),
        "coordinated": (
            "project-administration", (), "ProjectManager", ("ProjectLeader",), None, "pointOfContact", (),
            "exact, ISO approximate",
        ),
        "backed": ("funding-acquisition", ("supervision",), "Sponsor", (), None, "sponsor", ("funder",), "close"),
        "explained": (None, (), "Other", (), None, None, (), "weak"),
        "other": (None, (), "Other", (), None, None, (), "none"),
    }  # fmt: skip


def test_a_credit_term_has_its_address_and_the_older_iso_list_leaves_out_what_it_lacks() -> None:
    assert ROLES["backed"].credit_uris == (
        "https://credit.niso.org/contributor-roles/funding-acquisition/",
        "https://credit.niso.org/contributor-roles/supervision/",
    )
    assert ROLES["explained"].credit_uris == ()
    left_out = [one.id for one in ROLES.values() if one.iso and one.iso_code(older=True) is None]
    assert left_out == ["backed"]
    assert ROLES["backed"].iso_code() == "sponsor"
    assert ROLES["curated"].iso_code(older=True) == "processor"
