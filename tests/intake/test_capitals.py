"""Names in capitals: written as people write them where that is known, and asked about where it is not."""

import pytest

from matchmaker.intake.attendees import AttendeeFile, Decisions, read_attendees


def read(*lines: str, decisions: Decisions | None = None) -> AttendeeFile:
    return read_attendees("\n".join(lines).encode(), "list.csv", decisions=decisions)


def asked(file: AttendeeFile) -> list[int | None]:
    return [note.line for note in file.notes if note.kind == "name"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("AMARA OKAFOR", "Amara Okafor"),
        ("Amara OKAFOR", "Amara Okafor"),
        ('"OKAFOR, Amara"', "Amara Okafor"),
        ('"OKAFOR, AMARA"', "Amara Okafor"),
        ('"LI, Wei"', "Wei Li"),
        ("Ann McDONALD", "Ann McDonald"),
        ("ANN MCDONALD", "Ann McDonald"),
        ("ANN MACEY", "Ann Macey"),
        ("SIOBHÁN O'BRIEN", "Siobhán O'Brien"),
        ("ANNE-MARIE SMITH-JONES", "Anne-Marie Smith-Jones"),
        ("JAN VAN DER BERG", "Jan van der Berg"),
        ("NGUYEN VAN MINH", "Nguyen Van Minh"),
        ("MARIA DE LA CRUZ", "Maria de la Cruz"),
        ("DR AMARA OKAFOR OBE", "Dr Amara Okafor OBE"),
        ("J. R. SMITH", "J. R. Smith"),
        ("J.R. SMITH", "J.R. Smith"),
        ("JP Smith", "JP Smith"),
        ("JP SMITH", "JP Smith"),
        ("JO SMITH", "Jo Smith"),
        ("Amara Okafor MBE", "Amara Okafor MBE"),
        ("İBRAHİM ÖZTÜRK", "İbrahim Öztürk"),
        ("ИВАНОВ Иван", "ИВАНОВ Иван"),
        ("王小明", "王小明"),
        ("Jan van der Berg", "Jan van der Berg"),
        ("Hamish MacLeod", "Hamish MacLeod"),
        ("aoife o'brien", "Aoife O'Brien"),
        ("anne-marie smith-jones", "Anne-Marie Smith-Jones"),
        ("jan van der berg", "Jan van der Berg"),
        ("maria de la cruz", "Maria de la Cruz"),
        ("dr amara okafor obe", "Dr Amara Okafor OBE"),
        ('"okafor, amara"', "Amara Okafor"),
        ("ann mcdonald", "Ann McDonald"),
        ("li wei", "Li Wei"),
        ("jörg strauß", "Jörg Strauß"),
        ("lou", "Lou"),
        ("aj li", "aj li"),
        ("иван иванов", "иван иванов"),
    ],
)
def test_a_name_is_written_as_people_write_it(written: str, name: str) -> None:
    file = read("Name,Organisation", f"{written},DEFRA", "Ada Byrne,Kew", "Ben Cole,Kew")
    assert [(row.name, row.organisation) for row in file.rows][0] == (name, "DEFRA")
    assert asked(file) == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("OKAFOR Amara", "Amara Okafor"),
        ("van der BERG Jo", "Jo van der Berg"),
        ("Dr OKAFOR Amara", "Dr Amara Okafor"),
        ("HAMISH MACLEOD", "Hamish MacLeod"),
        ("LI Wei", "Li Wei"),
        ("Wei LI", "Wei LI"),
        ("LI WEI", "LI WEI"),
        ("AJ COLE", "AJ Cole"),
        ("Ada Byrne DEFRA", "Ada Byrne Defra"),
    ],
)
def test_what_may_be_read_in_two_ways_is_asked_about_once_and_can_be_put_right(
    written: str, name: str
) -> None:
    lines = ("Name,Organisation", f"{written},Kew", "Ada Byrne,Kew", "Ben Cole,Kew")
    file = read(*lines)
    assert (file.rows[0].name, asked(file)) == (name, [2])
    said = read(*lines, decisions=Decisions(right={2: {"name": "OKAFOR LI"}}))
    assert (said.rows[0].name, asked(said)) == ("OKAFOR LI", [])


@pytest.mark.parametrize(
    ("column", "names"),
    [
        ("LI WEI;AMARA OKAFOR;JO FOX;AJ COLE", ["Li Wei", "Amara Okafor", "Jo Fox", "AJ Cole"]),
        ("OKAFOR Amara;LI Wei;VAN DER BERG Jo", ["Amara Okafor", "Wei Li", "Jo van der Berg"]),
        ("Amara OKAFOR;Wei LI;Ana Maria COLE", ["Amara Okafor", "Wei Li", "Ana Maria Cole"]),
    ],
)
def test_the_column_says_what_a_short_word_is(column: str, names: list[str]) -> None:
    file = read("Name,Organisation", *(f"{name},Kew" for name in column.split(";")))
    assert [row.name for row in file.rows] == names
    assert asked(file) == [line for line, name in enumerate(names, start=2) if name == "AJ Cole"]


def test_surnames_in_a_column_of_their_own_are_judged_by_it_and_the_address_by_its_order() -> None:
    file = read(
        "First name,Last name,Email",
        "Wei,LI,w@kew.example",
        "Amara,OKAFOR,a@kew.example",
        "Jo,VAN DYK,j@kew.example",
    )
    assert [row.name for row in file.rows] == ["Wei Li", "Amara Okafor", "Jo van Dyk"]
    file = read(
        "Name,Email",
        "AMARA Okafor,amara.okafor@kew.example",
        "COLE Ben,ben.cole@kew.example",
        "Ed Fox,e@kew.example",
    )
    assert [row.name for row in file.rows] == ["Amara Okafor", "Ben Cole", "Ed Fox"]
    assert asked(file) == []


def test_a_part_of_a_name_in_small_letters_is_written_as_people_write_it() -> None:
    file = read(
        "First name,Last name",
        "Ngozi,o'brien",
        "aoife,Byrne",
        "Ana,da silva",
        "Jan,van der Berg",
        "hamish,macleod",
    )
    assert [row.name for row in file.rows] == [
        "Ngozi O'Brien",
        "Aoife Byrne",
        "Ana da Silva",
        "Jan van der Berg",
        "Hamish MacLeod",
    ]
    assert asked(file) == [6]


def test_who_writes_their_name_in_small_letters_keeps_it_once_somebody_says_so() -> None:
    lines = ("Name", "bell hooks", "Ada Byrne")
    assert [row.name for row in read(*lines).rows] == ["Bell Hooks", "Ada Byrne"]
    right = Decisions(right={2: {"name": "bell hooks"}})
    assert [row.name for row in read(*lines, decisions=right).rows] == ["bell hooks", "Ada Byrne"]
