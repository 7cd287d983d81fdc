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
