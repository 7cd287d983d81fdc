import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.documents.people import names


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Ŵyn", "W"), ("Óscar", "O"), ("Øystein", "O"), ("ß", "S"), ("“Ōhi", "O"), ("🦊 Anna", "A")]
    + [("محمد", "Other letters"), ("王", "Other letters"), ("Яна", "Other letters"), ("", "Other letters")],
)
def test_a_name_stands_under_the_letter_it_begins_with(name, letter):
    assert names.letter(name) == letter


def test_other_alphabets_come_after_z():
    assert sorted(["王小明", "Zoë", "Яна", "anna", "Łucja"], key=names.sort_key) == [
        "anna",
        "Łucja",
        "Zoë",
        "Яна",
        "王小明",
    ]


def test_names_that_fold_alike_keep_one_order():
    assert sorted(["Zoë", "Zoe"], key=names.sort_key) == sorted(["Zoe", "Zoë"], key=names.sort_key)


@given(
    st.lists(
        st.sampled_from(["Tom Price", "Tom Okafor", "TÓM Berg", "Priya Nair", "Dr Tom", "王小明"]), max_size=3
    )
)
def test_people_at_one_table_are_never_called_alike(people):
    called = names.at_one_table(people)
    assert len(called) == len(people)
    alike = {(first, second) for first in range(len(people)) for second in range(first)}
    assert all(called[a] != called[b] or people[a] == people[b] for a, b in alike)


def test_a_title_is_not_a_first_name():
    assert [names.first_name(name) for name in ("Prof. Dr Ada Lovelace", "Sir", "")] == ["Ada", "Sir", ""]
