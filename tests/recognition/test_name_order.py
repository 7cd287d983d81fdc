import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.name_words import letters_after, titles_before
from matchmaker.recognition.name_order import first_name, first_name_at, surname_from

NAMES = [
    ("Ada Byrne", "Ada", "Byrne"),
    ("Okafor, Maria", "Maria", "Okafor, Maria"),
    ("O'BRIEN, Siobhán (DEFRA)", "Siobhán", "O'BRIEN, Siobhán (DEFRA)"),
    ("Byrne, Dr Ada", "Ada", "Byrne, Dr Ada"),
    ("van der Berg, Jo", "Jo", "van der Berg, Jo"),
    ("Smith Jr., John", "John", "Smith Jr., John"),
    ("Ada Byrne, Kew", "Ada", "Kew"),
    ("Prof. Dr. Dr. h.c. Ada Byrne", "Ada", "Byrne"),
    ("Dr. med. vet. Anna Schmidt M.Sc.", "Anna", "Schmidt M.Sc."),
    ("prof. dr hab. Jan Kowalski", "Jan", "Kowalski"),
    ("Dipl.-Ing. Uwe Bär", "Uwe", "Bär"),
    ("B.Eng. Uwe Bär", "Uwe", "Bär"),
    ("Lt Col Ben Cole", "Ben", "Cole"),
    ("Wing Commander Jo Hay", "Jo", "Hay"),
    ("Rt Hon Ann O'Hara MP", "Ann", "O'Hara MP"),
    ("The Rev'd Canon Ian Lee", "Ian", "Lee"),
    ("😀 Ada Byrne 😀", "Ada", "Byrne 😀"),
    ("Sir Ian McKellen CH CBE", "Ian", "McKellen CH CBE"),
    ("Eva Maier geb. Schulz", "Eva", "Maier geb. Schulz"),
    ("Siân Lee née Ap Rhys", "Siân", "Lee née Ap Rhys"),
    ("Nguyễn Thị Minh Khai", "Khai", "Nguyễn Thị Minh Khai"),
    ("Minh Khai Nguyễn", "Minh", "Nguyễn"),
    ("J. Robert Fox", "Robert", "Fox"),
    ("A. B. Fox", "A. B. Fox", "Fox"),
    # What could be a title or a degree, and is a name here.
    ("Major Tom", "Major", "Tom"),
    ("Wing Yan Chan", "Wing", "Chan"),
    ("Hon Chi Lee", "Hon", "Lee"),
    ("Nee Soon Tan", "Nee", "Tan"),
    ("Phil. Fox", "Phil.", "Fox"),
    ("Yo-Yo Ma", "Yo-Yo", "Ma"),
    ("JACK MA", "JACK", "MA"),
    ("NGOZI MBA", "NGOZI", "MBA"),
    ("ma jun lee", "ma", "lee"),
    ("Dr", "Dr", "Dr"),
    ("", "", ""),
]


@pytest.mark.parametrize(("name", "called", "surname"), NAMES)
def test_a_name_is_taken_apart_as_its_owner_would(name: str, called: str, surname: str) -> None:
    assert (first_name(name), name[surname_from(name) :]) == (called, surname)


WORDS = st.sampled_from(
    [
        "Ada",
        "Dr",
        "Dr.",
        "Col",
        "Wing",
        "Commander",
        "h.c.",
        "Ma",
        "MA",
        "PhD,",
        "Byrne,",
        "Nguyễn",
        "J.",
        "😀",
        "(Kew)",
        "Ó",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_of_any_name_something_is_left_to_call_its_owner_by(words: list[str]) -> None:
    name = " ".join(words)
    begins, ends = first_name_at(name)
    assert 0 <= begins < ends <= len(name)
    assert name[begins:ends] == name[begins:ends].strip()
    assert titles_before(words) < len(words)
    assert letters_after(words) < len(words)
    assert 0 <= surname_from(name) < len(name)
