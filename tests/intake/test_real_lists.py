"""Attendee lists as people really have them: one test a kind of dirt, each with several instances."""

from typing import Any

import pytest

from matchmaker.intake.attendees import AttendeeFile, Decisions, headers, read_attendees


def read(text: str | bytes, encoding: str = "utf-8") -> AttendeeFile:
    return read_attendees(text if isinstance(text, bytes) else text.encode(encoding), "list.csv")


def names(text: str | bytes, encoding: str = "utf-8") -> list[str]:
    return [row.name for row in read(text, encoding).rows]


def remarks(file: AttendeeFile) -> dict[str, tuple[int, ...]]:
    return {remark.kind: remark.lines for remark in file.remarks}


@pytest.mark.parametrize(
    ("heading", "words", "coming", "doubt"),
    [
        ("Status", "approved confirmed ACTIVE Completed Paid Zugesagt Confirmé checked_in", True, ""),
        (
            "Status",
            "denied waitlist voided CANCELLED on_waiting_list NoShow Abgesagt annulé",
            False,
            "not-coming",
        ),
        ("Approval Status", "Waitlisted_(3) declined geannuleerd rechazado rifiutato", False, "not-coming"),
        ("Registration status", "Not_going Cancelled_by_attendee No_show Unsuccessful", False, "not-coming"),
        ("Status", "AWAITING_PAYMENT pending invited unpaid Tentative provisional", True, "not-confirmed"),
        ("Response", "None No_Response Not_yet_answered Maybe", True, "not-confirmed"),
        ("Ticket status", "VIP zebra", True, "status"),
        ("RSVP", "Yes y going ja", True, ""),
        ("RSVP", "No n Declined nein", False, "not-coming"),
        ("Are you coming?", "maybe tentative", True, "not-confirmed"),
        ("Cancelled", "yes TRUE 2027-03-01 01/03/2027 x", False, "not-coming"),
        ("Cancelled at", "No FALSE 0 - none", True, ""),
        ("Void Status", "void voided", False, "not-coming"),
        ("Withdrawn", "1 Y", False, "not-coming"),
    ],
)
def test_what_a_list_says_of_coming_is_heeded(heading: str, words: str, coming: bool, doubt: str) -> None:
    for word in words.split():
        found = read(f"Name,{heading}\nAda Byrne,{word.replace('_', ' ')}\n")

        assert [row.name for row in found.rows] == (["Ada Byrne"] if coming else []), word
        assert remarks(found) == ({doubt: (2,)} if doubt else {}), word


@pytest.mark.parametrize(
    "header",
    [
        "Datasets used [{}]",
        "Datasets used/{}",
        "Datasets used: {}",
        "Datasets used ({})",
        "Datasets used -> {}",
        "Datasets used.{}",
        "Datasets used - {}",
        "Datasets used – {}",
        "Datasets used | {}",
        "datasets_used_{}",
        "Datasets used » {}",
        "Which datasets do you use? {}",
        "Which datasets do you use? (choice={})",
        "Which datasets do you use? - Selected Choice - {}",
    ],
)
@pytest.mark.parametrize(
    ("yes", "no"),
    [("Yes", "No"), ("1", "0"), ("TRUE", "FALSE"), ("x", ""), ("Checked", "Unchecked"), ("River levels", "")],
)
def test_one_column_a_choice_gives_the_choices_and_never_the_ticks(header: str, yes: str, no: str) -> None:
    coded = "_" in header
    first, second = (
        header.format(choice.replace(" ", "_") if coded else choice)
        for choice in ("River levels", "Soil survey")
    )

    found = read(f'Name,"{first}","{second}"\nAda,{yes},{no}\nBen,{no},{no}\n')

    assert [row.datasets for row in found.rows] == [("River levels",), ()]


def test_another_choice_is_read_from_its_words_and_a_bare_tick_names_nothing() -> None:
    found = read(
        "Name,Topics [Floods],Topics [Other],Datasets used\nAda,Yes,Peat,Yes\nBen,No,,Rain\nCy,No,Yes,\n"
    )

    assert [(row.topics, row.datasets) for row in found.rows] == [
        (("Floods", "Peat"), ()),
        ((), ("Rain",)),
        ((), ()),
    ]
    assert remarks(found) == {"answer": (2,)}


def test_a_column_that_sums_up_its_choices_is_not_read_twice() -> None:
    text = (
        "Name,Datasets used,Datasets used/River levels,Datasets used/Soil survey\nAda,River levels "
        "Soil survey,1,1\n"
    )

    assert read(text).rows[0].datasets == ("River levels", "Soil survey")


@pytest.mark.parametrize(
    "text",
    [
        "Name,Datasets used,,Topics,\n,Rain,Snow,Floods,Soil\nAda,x,,x,\nBen,,x,,x\n",
        "ID,Name,Datasets used,,Topics,\n,Open-Ended "
        "Response,Rain,Snow,Floods,Soil\n1,Ada,Rain,,Floods,\n2,Ben,,Snow,,Soil\n",
        "Name,Datasets used,Datasets "
        "used,Topics,Topics\nName,Rain,Snow,Floods,Soil\nAda,1,0,1,0\nBen,0,1,0,1\n",
    ],
)
def test_a_second_header_line_belongs_to_the_questions_above_it(text: str) -> None:
    assert [(row.name, row.datasets, row.topics) for row in read(text).rows] == [
        ("Ada", ("Rain",), ("Floods",)),
        ("Ben", ("Snow",), ("Soil",)),
    ]


def test_the_third_header_line_of_qualtrics_is_nobody() -> None:
    ids = '"{""ImportId"":""startDate""}","{""ImportId"":""status""}","{""ImportId"":""_recordId""}",,'
    text = (
        f"StartDate,Status,ResponseId,Q1,Q2\nStart Date,Response Type,Response ID,What is your "
        f"name?,Your email\n"
        f"{ids}\n2027,IP Address,R1,Ada Byrne,a@example.org\n"
    )

    found = read(text)

    assert (found.format, [row.name for row in found.rows]) == ("qualtrics", ["Ada Byrne"])
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Name,Surname\nAda,Byrne\n", "Ada Byrne"),
        ("Surname,Name\nByrne,Ada\n", "Ada Byrne"),
        ("Name,Vorname\nByrne,Ada\n", "Ada Byrne"),
        ("Nachname;Vorname(n)\nByrne;Ada Mary\n", "Ada Mary Byrne"),
        ("Nom,Prénom\nByrne,Ada\n", "Ada Byrne"),
        ("Nombre,Apellidos\nAda,Byrne Pérez\n", "Ada Byrne Pérez"),
        ("Forename(s),Surname\nAda Mary,Byrne\n", "Ada Mary Byrne"),
        ("Family Name / Surname,First/Given name\nByrne,Ada\n", "Ada Byrne"),
        ("First name,Middle name,Last name\nAda,Mary,Byrne\n", "Ada Mary Byrne"),
        ("Voornaam,Tussenvoegsel,Achternaam\nAda,van der,Berg\n", "Ada van der Berg"),
        ("Full name,Surname\nAda Byrne,Byrne\n", "Ada Byrne"),
        ("Name,First name,Last name\nAda B.,Ada,Byrne\n", "Ada Byrne"),
        ("Please enter your first name,Your surname\nAda,Byrne\n", "Ada Byrne"),
        ("Last name,First name\n-,Madonna\n", "Madonna"),
    ],
)
def test_no_half_of_a_name_is_lost(text: str, name: str) -> None:
    assert names(text) == [name]


def test_words_for_nothing_are_names_of_people_and_nothing_in_answers() -> None:
    text = "First name,Last name,Organisation\nJen,Null,None\nHa-eun,No,N/A\nNa,Li,nil\nChloe,None,-\nNil,Shah,no\n"

    found = read(text)

    assert [row.name for row in found.rows] == ["Jen Null", "Ha-eun No", "Na Li", "Chloe None", "Nil Shah"]
    assert {row.organisation for row in found.rows} == {""}


@pytest.mark.parametrize(
    ("words", "step_free", "quiet", "doubt"),
    [
        ("I use a wheelchair", True, False, False),
        ("I can't climb stairs", True, False, False),
        ("Rollstuhlfahrerin", True, False, False),
        ("walking frame", True, False, False),
        ("no stairs please", True, False, False),
        ("Ground floor only", True, False, False),
        ("No wheelchair needed", False, False, False),
        ("wheelchair not required", False, False, False),
        ("Happy with stairs", False, False, False),
        ("I don't have any access requirements", False, False, False),
        ("Keine", False, False, False),
        ("noise is difficult for me", False, True, False),
        ("ADHD, I need a calm space", False, True, False),
        ("I don't mind noise", False, False, False),
        ("hearing loop, and a lift", True, True, False),
        ("I might need a lift", False, False, True),
        ("BSL interpreter", False, False, True),
        ("wheelchair; large print", True, False, True),
        ("noise doesn't bother me", False, False, False),
        ("Noise is not an issue", False, False, False),
        ("quiet table? no thanks", False, False, False),
        ("Wheelchair=Y; quiet=N", True, False, False),
        ("quiet: yes", False, True, False),
        ("I struggle in quiet rooms", False, False, True),
        ("I struggle without a lift", True, False, False),
        ("prosthetic leg; can do stairs", True, False, True),
        ("a lift would be nice", False, False, True),
    ],
)
def test_access_needs_in_words_are_never_a_silent_yes(
    words: str, step_free: bool, quiet: bool, doubt: bool
) -> None:
    found = read(f'Name,Accessibility needs\nAda,"{words}"\n')

    assert (found.rows[0].step_free, found.rows[0].quiet) == (step_free, quiet)
    assert remarks(found) == ({"access": (2,)} if doubt else {})


def test_a_column_that_asks_for_yes_or_no_may_hold_words() -> None:
    text = (
        "Name,Needs step-free,Needs a quiet table\nAda,Required,\nBen,not needed,Sensory\nCy,No "
        "stairs please,no\nDi,perhaps,\n"
    )

    found = read(text)

    assert [(row.step_free, row.quiet) for row in found.rows] == [
        (True, False),
        (False, True),
        (True, False),
        (False, False),
    ]
    assert remarks(found) == {"answer": (5,)}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Total,2,", "total"),
        ("Grand total,,", "total"),
        (",Total: 2,", "total"),
        ("2 attendees,,", "total"),
        ("Number of people,3,", "total"),
        ("Page 1 of 3,,", "total"),
        ("Exported by Ada on 1 March 2027,,", "total"),
        ("This list is not to be shared outside.,,", "total"),
        ("Summe,2,", "total"),
        ("(in full),(as on your badge),(from work)", "total"),
        ("Organisation,Name,Email", "header"),
        ("Name,Organisation,Email", "header"),
        ("Kew,TBC,", "placeholder"),
        ("Kew,+1,", "placeholder"),
        ("Kew,Ada Byrne's guest,", "placeholder"),
        ("Kew,A N Other,", "placeholder"),
        ("Kew,Spare place,", "placeholder"),
        ("Kew,To be announced (Defra),", "placeholder"),
        ("Kew,N.N.,", "placeholder"),
        ("Kew,Delegate 2,", "placeholder"),
        ("Kew,Invité de Ada,", "placeholder"),
    ],
)
def test_lines_that_are_nobody_are_left_out_and_named(line: str, kind: str) -> None:
    found = read(f"Organisation,Name,Email\nKew,Ada Byrne,a@example.org\n{line}\n")

    assert [row.name for row in found.rows] == ["Ada Byrne"]
    assert remarks(found) == {kind: (3,)}


def test_people_whose_names_look_like_such_lines_stay() -> None:
    people = [
        "Tom Guest",
        "Grace Spare",
        "Mark Page",
        "Ada Total",
        "Max Count",
        "Anne Other",
        "Key Smith",
        "Mary Sum",
    ]

    assert names("Name,Organisation\n" + "".join(f"{name},Total Energies\n" for name in people)) == people


@pytest.mark.parametrize(
    ("cell", "things"),
    [
        ('["River levels","Soil survey"]', ("River levels", "Soil survey")),
        ("['River levels', 'Soil survey']", ("River levels", "Soil survey")),
        ('[{"name": "River levels"}, {"name": "Soil survey"}]', ("River levels", "Soil survey")),
        ('{"River levels","Soil survey"}', ("River levels", "Soil survey")),
        ("River levels;#Soil survey", ("River levels", "Soil survey")),
        ("River levels;#3;#Soil survey;#5", ("River levels", "Soil survey")),
        ("River levels • Soil survey", ("River levels", "Soil survey")),
        ("1. River levels 2. Soil survey", ("River levels", "Soil survey")),
        ("- River levels\n- Soil survey", ("River levels", "Soil survey")),
        ("River levels\tSoil survey", ("River levels", "Soil survey")),
        ("River levels、Soil survey", ("River levels", "Soil survey")),
        ("River levels / Soil survey", ("River levels", "Soil survey")),
        ("River levels<br>Soil survey", ("River levels", "Soil survey")),
        ("River levels；Soil survey", ("River levels", "Soil survey")),
        ("River levels, and Soil survey", ("River levels", "Soil survey")),
        ("River levels, Rain and snow, und Soil survey", ("River levels", "Rain and snow", "Soil survey")),
        ("none yet", ()),
        ("[]", ()),
        ("LIDAR 1m/2m", ("LIDAR 1m/2m",)),
        ("Soil (arable / dairy)", ("Soil (arable / dairy)",)),
    ],
)
def test_a_list_in_a_cell_is_parted_however_it_was_written(cell: str, things: tuple[str, ...]) -> None:
    quoted = cell.replace('"', '""')

    found = read(f'Name,Datasets used,Must not be paired with\nAda,"{quoted}","{quoted}"\n')

    assert (found.rows[0].datasets, found.rows[0].not_with) == (things, things)


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp1250", "cp1252", "utf-16", "utf-32"])
def test_letters_are_right_in_every_alphabet_that_shows_itself(encoding: str) -> None:
    people = ["Łukasz Żółć", "Paweł Wąs"] if encoding == "cp1250" else ["José Núñez", "Zoë Brontë"]

    found = read("Name,Organisation\n" + "".join(f"{name},Kew\n" for name in people), encoding)

    assert [row.name for row in found.rows] == people
    doubtful = [note.text for note in found.notes if note.line is None]
    assert len(doubtful) == (encoding in {"cp850", "cp1250"})
    assert all(f"“{people[0].split()[0]}”" in text for text in doubtful)


@pytest.mark.parametrize(
    ("encoding", "people"),
    [
        *(
            (codec, "Анна Иванова,Пётр Ильич")
            for codec in ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
        ),
        ("koi8_u", "Єва Шевченко,Ґалина Ковальчук"),
        ("cp1253", "Ελένη Παπαδοπούλου,Γιώργος Νικολάου"),
        *((codec, "Ayşe Yıldız,İbrahim Çağlar") for codec in ("cp1254", "iso8859_9")),
        ("cp1252", "Guðrún Þórsdóttir,Sigurður Ýmisson"),
        ("iso8859_2", "Łucja Dąbrowska,Świętosława Żak"),
        ("cp1257", "Šarūnas Žukauskas,Rūta Čepaitė"),
        ("cp1255", "מרים כהן,דוד לוי"),
        ("cp1256", "محمد الفاسي,فاطمة حسن"),
        *((codec, "山田太郎,佐藤花子,鈴木さくら,高橋ゆき") for codec in ("cp932", "euc_jp")),
        ("gb18030", "王小明,李小红"),
        ("big5", "王小明,陳美玲"),
        ("cp949", "김민준,이서연"),
    ],
)
def test_letters_of_other_scripts_and_languages_are_right_and_the_alphabet_is_told(
    encoding: str, people: str
) -> None:
    names = people.split(",")

    found = read(
        "Name,Email,Organisation\nBen Cole,c@example.org,Kew\n"
        + "".join(f"{name},{place}@example.org,Kew\n" for place, name in enumerate(names)),
        encoding,
    )

    assert [row.name for row in found.rows] == ["Ben Cole", *names]
    told = [note.text for note in found.notes if "does not say which alphabet" in note.text]
    assert len(told) == (encoding != "cp1252")
    assert all(f"“{names[0].split()[0]}”" in text for text in told)


@pytest.mark.parametrize("seen_as", ["latin-1", "cp1252", "mac_roman"])
def test_text_saved_wrongly_twice_is_put_right(seen_as: str) -> None:
    text = "Name,Organisation\nZoë O’Brontë,Kew\nÅsa Müller,Défra\n".encode().decode(
        seen_as, errors="replace"
    )

    found = read(text)

    if seen_as == "latin-1":
        assert found.rows[1].name == "Åsa Müller"
    else:
        assert [row.name for row in found.rows] == ["Zoë O’Brontë", "Åsa Müller"]


@pytest.mark.parametrize("name", ["JosŽ Ode", "Nu?ez Ana", "Zo\ufffd Bront", "Dvoøák Petr", "N£¤ez Ana"])
def test_a_name_with_odd_letters_is_named(name: str) -> None:
    found = read(f"Name,Organisation\nSiân Ångström-Núñez,Kew\n{name},Kew\n")

    assert [row.name for row in found.rows] == ["Siân Ångström-Núñez", name]
    assert remarks(found) == {"letters": (3,)}


@pytest.mark.parametrize(
    ("cell", "email"),
    [
        ("a.one@example.org ", "a.one@example.org"),
        ("A.ONE@EXAMPLE.ORG.", "a.one@example.org"),
        ("a.one (at) example.org", "a.one@example.org"),
        ("a.one[at]example[dot]org", "a.one@example.org"),
        ("a.one＠example.org", "a.one@example.org"),
        ("\u200ba.one@example.org", "a.one@example.org"),
        ("a.one@example.org#mailto:a.one@example.org#", "a.one@example.org"),
        ("One, A <a.one@example.org>", "a.one@example.org"),
        ("<a href='mailto:a.one@example.org'>a.one@example.org</a>", "a.one@example.org"),
        ('=HYPERLINK("mailto:a.one@example.org","a.one@example.org")', "a.one@example.org"),
        ("'a.one@example.org'", "a.one@example.org"),
        ("a.one @ example.org", "a.one@example.org"),
    ],
)
def test_an_address_is_usable_however_it_was_pasted(cell: str, email: str) -> None:
    quoted = cell.replace('"', '""')

    found = read(f'Name,Email\nA One,"{quoted}"\n')

    assert (found.rows[0].email, found.remarks) == (email, ())


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("d.four@example", "has no ending"),
        ('"g.seven@example,org"', "There is a comma in it: perhaps g.seven@example.org is meant."),
        ("g.seven@example,org", "There is a comma in it: perhaps g.seven@example.org is meant."),
        ("m..thirteen@example.org", "There are two dots in a row."),
        ("m@@example.org", "There is more than one @ in it."),
        ("m.example.org", "There is no @ in it."),
    ],
)
def test_an_address_that_cannot_be_used_says_what_is_wrong(cell: str, reason: str) -> None:
    (problem,) = read(f"Name,Email\nA One,{cell}\n").problems

    assert reason in problem.reason
    assert (problem.line, problem.kind, problem.field) == (2, "address", "email")


@pytest.mark.parametrize(
    "cell", ["a@example.org, b@example.org", "a@example.org/b@example.org", "a@example.con", "a@gmial.com"]
)
def test_a_doubtful_address_is_read_with_a_remark(cell: str) -> None:
    found = read(f'Name,Email\nA One,"{cell}"\n')

    assert found.rows[0].email == cell.replace("/", ",").split(",")[0]
    assert remarks(found) == {"address-doubt": (2,)}


def test_an_orderers_address_is_never_given_to_somebody_elses_ticket() -> None:
    text = (
        "Ticket Full Name,Ticket Email,Order Name,Order Email\n"
        "Ada Byrne,,Olga Orderer,olga@example.org\n"
        ",,Olga Orderer,olga@example.org\n"
        "Ben Cole,,Pat Moor,pat@example.org\n"
        "Cy Dale,,Cy Dale,cy@example.org\n"
    )

    found = read(text)

    assert [(row.name, row.email) for row in found.rows] == [
        ("Ada Byrne", ""),
        ("Ben Cole", ""),
        ("Cy Dale", "cy@example.org"),
    ]
    assert remarks(found) == {"no-name": (3,)}


def test_one_name_with_two_addresses_is_both_with_a_remark() -> None:
    people = ["Ada,a@example.org,Kew", "Ada,ada@kew.example,Kew", "Ada,x@defra.example,Defra"]
    text = "\n".join(["Name,Email,Organisation", *people, "Ben,,Kew", "Ben,b@example.org,Kew"])

    found = read(text)

    assert len(found.rows) == 5
    assert remarks(found) == {"same-person": (3, 6)}


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("O&#39;Brien", "O'Brien"),
        ("<b>Eve</b> Adams", "Eve Adams"),
        ("Renée (she/her) Smith", "Renée Smith"),
        ("Ada Byrne they/them", "Ada Byrne"),
        ('=HYPERLINK("http://x.example";"Eve")', "Eve"),
        ('="Eve Adams"', "Eve Adams"),
        ("Ada Byrne <ada@example.org>", "Ada Byrne"),
        ("Prof. Dr. Dr. h.c. Ada Byrne, PhD, FRS", "Prof. Dr. Dr. h.c. Ada Byrne, PhD, FRS"),
        ("\u200fمحمد الفاسي", "محمد الفاسي"),
        ("😀 Ada Byrne 😀", "😀 Ada Byrne 😀"),
        ("Byrne, Ada (Kew)", "Ada Byrne"),
        ("d’Aubigné, Günther (INRAE)", "Günther d’Aubigné (INRAE)"),
        ("William (Bill) Byrne", "William (Bill) Byrne"),
        ("Dr Ulrike Weiß 020 7946 0018", "Dr Ulrike Weiß"),
        ("Ada Byrne (tel. +44 20 7946 0018)", "Ada Byrne"),
    ],
)
def test_names_are_right_however_they_come(cell: str, name: str) -> None:
    quoted = cell.replace('"', '""')

    assert names(f'Name,Organisation\n"{quoted}",Kew\n') == [name]


def test_what_is_taken_off_a_name_or_left_in_brackets_behind_it_is_told() -> None:
    cells = (
        "Byrne, Ada (Kew)",
        "Cole, Ben (Cefas)",
        "William (Bill) Dean",
        "Eve Fox 020 7946 0018",
        "Gus Hay",
    )

    found = read("Name,Organisation\n" + "".join(f'"{cell}",Kew\n' for cell in cells))

    assert [row.name for row in found.rows] == [
        "Ada Byrne", "Ben Cole (Cefas)", "William (Bill) Dean", "Eve Fox", "Gus Hay",
    ]  # fmt: skip
    assert [(note.line, note.kind, note.text) for note in found.notes] == [
        (3, "name", "“(Cefas)” was read as a part of the name Ben Cole (Cefas). Check it."),
        (5, "name", "“Eve Fox 020 7946 0018” was read as Eve Fox."),
    ]


def test_a_family_name_with_a_comma_goes_behind_title_and_first_name_and_what_keeps_its_comma_is_named() -> (
    None
):
    found = read(
        "Name,Email\n"
        '"Byrne, Dr Ada",a@example.org\n"Smith, John, MBE",b@example.org\n"Cole, Ben Jr.",c@example.org\n'
        '"Ana Lima, Kew",d@example.org\n"Eve Fox, PhD, FRS",e@example.org\n'
    )
    assert [row.name for row in found.rows] == [
        "Dr Ada Byrne", "John Smith, MBE", "Ben Cole Jr.", "Ana Lima, Kew", "Eve Fox, PhD, FRS",
    ]  # fmt: skip
    assert [(note.line, note.text) for note in found.notes] == [
        (5, "“Ana Lima, Kew” was read as it stands, with its comma. Check the name.")
    ]


@pytest.mark.parametrize(
    ("text", "name", "remark"),
    [
        ("First name,Last name,Name for badge\nMargaret,Byrne,Peggy Byrne\n", "Peggy Byrne", True),
        ("Legal name,Known as\nMargaret Byrne,Peggy\n", "Peggy Byrne", True),
        ("Name,Preferred name\nMargaret Byrne,\n", "Margaret Byrne", False),
        ("Name,Badge name\nMargaret Byrne,Margaret Byrne\n", "Margaret Byrne", False),
        ("Name,Preferred name\nMargaret Byrne,same as above\n", "Margaret Byrne", False),
    ],
)
def test_the_name_for_the_badge_is_used(text: str, name: str, remark: bool) -> None:
    found = read(text)

    assert [row.name for row in found.rows] == [name]
    assert remarks(found) == ({"badge": (2,)} if remark else {})


def test_a_file_of_quoted_lines_and_one_of_sixteen_thousand_empty_columns_are_read() -> None:
    quoted = '"Name;Email"\n"Ada Byrne;ada@example.org"\n"Cole; Ben;ben@example.org"\n'
    wide = f"Name,Email{',' * 16382}\nAda Byrne,ada@example.org{',' * 16382}\n"

    assert names(quoted)[0] == names(wide)[0] == "Ada Byrne"
    assert headers(wide.encode(), "list.csv").headers == ("Name", "Email")


@pytest.mark.parametrize(
    ("columns", "form"),
    [
        ("Order #,Attendee Status,First Name", "eventbrite"),
        ("Order code,Position ID,Attendee name", "pretix"),
        ("Registration state,Name", "indico"),
        ("Start time,Completion time,Name", "microsoft-forms"),
        ("api_id,name,email,approval_status,qr_code_url", "luma"),
        ("Name,User ID,Title,Event Host,RSVP,Guests,RSVPed on", "meetup"),
        ("Ticket Full Name,Ticket Email,Void Status", "tito"),
        ("First Name,Last Name,Email,Registration Time,Approval Status", "zoom"),
        ("ID,First Name,Last Name,Email,Ticket,Status,Is Checked In", "hi-events"),
        ("Timestamp,Email Address,Your name", "google-forms"),
        ("Zeitstempel,E-Mail-Adresse,Name", "google-forms"),
        ("Respondent ID,Collector ID,Your name", "surveymonkey"),
        ("Response ID,Recorded Date,Your name", "qualtrics"),
        ("Response ID,Last page,Start language,Your name", "limesurvey"),
        ("name,_uuid,_submission_time,_index", "kobo"),
        ("#,Your name,Start Date (UTC),Submit Date (UTC),Network ID", "typeform"),
        ("Submission Date,Name,Submission ID", "jotform"),
        ("Name,First Join,Last Leave,In-Meeting Duration,Email", "teams"),
        ("Attendee,Attendance,Response", "outlook"),
        ("Name,Email", "csv"),
    ],
)
def test_lists_are_known_by_their_columns_and_named(columns: str, form: str) -> None:
    cells = ["Ada" if "name" in name.casefold() or name == "Attendee" else "" for name in columns.split(",")]

    found = read(f"{columns}\n{','.join(cells)}\n")

    assert found.format == form
    assert [row.name for row in found.rows] == ["Ada"]
    assert bool(found.looks_like) is (form != "csv")


def test_a_report_with_a_summary_above_and_sections_below_is_read() -> None:
    text = (
        "1. Summary\nMeeting title\tData day\nAttended participants\t2\n\n2. Participants\n"
        "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
        "Ada Byrne\t3/1/27\t3/1/27\t1h\ta@example.org\ta@example.org\tOrganizer\n"
        "Ben Cole\t3/1/27\t3/1/27\t1h\t\t\tPresenter\n\n3. In-Meeting Activities\n"
        "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\nAda "
        "Byrne\t3/1\t3/1\t1h\ta@example.org\tOrganizer\n"
    )

    found = read(text, "utf-16")

    assert [(row.name, row.job_title) for row in found.rows] == [("Ada Byrne", ""), ("Ben Cole", "")]
    assert (found.format, remarks(found)) == ("teams", {"total": (10,), "header": (11,), "twice": (12,)})


def test_what_was_decided_of_a_line_counts() -> None:
    text = b"Name,Email,Status\nTBC,,\nAda,ada@,\nBen,b@example.org,\nCy,c@example.org,Cancelled\n"
    said: dict[str, Any] = {"keep": frozenset({2, 5}), "leave_out": frozenset({4})}

    found = read_attendees(text, "l.csv", None, Decisions(**said, right={3: {"email": "ada@example.org"}}))

    assert [(row.name, row.email) for row in found.rows] == [
        ("TBC", ""),
        ("Ada", "ada@example.org"),
        ("Cy", "c@example.org"),
    ]
    assert remarks(found) == {"decided": (4,)}


def test_a_name_that_brings_others_is_one_person_with_a_remark() -> None:
    names = (
        "Ada Byrne +1",
        "Ben Cole (+2)",
        "Cy Dean and partner",
        "Di Eve & Ed Fox",
        "Fi Anderson",
        "Gus Hay",
    )
    found = read_attendees("\n".join(["Name", *names]).encode(), "list.csv")
    assert [row.name for row in found.rows] == [
        "Ada Byrne", "Ben Cole", "Cy Dean", "Di Eve & Ed Fox", "Fi Anderson", "Gus Hay",
    ]  # fmt: skip
    assert [(note.line, note.kind, note.text) for note in found.notes] == [
        (line, "name", f"“{name}” may be more than one person. Give each a line of their own.")
        for line, name in enumerate(names[:4], start=2)
    ]


@pytest.mark.parametrize(
    "text", ["Reserved for Defra", "Held for the MMO", "Seat for the minister", "Place for EA"]
)
def test_a_place_kept_for_somebody_is_nobody_yet(text: str) -> None:
    found = read_attendees(f"Name\n{text}\nAda Byrne".encode(), "list.csv")
    assert [row.name for row in found.rows] == ["Ada Byrne"]
    assert [(note.line, note.kind, note.left_out) for note in found.notes] == [(2, "placeholder", True)]


@pytest.mark.parametrize("first", ["Legal first name", "First name (legal)", "Official first name"])
@pytest.mark.parametrize("last", ["Surname", "Legal surname", "Last name (legal)"])
def test_legal_names_are_names_and_the_name_used_stands_for_them(first: str, last: str) -> None:
    found = read_attendees(f"{first},Known as,{last}\nElizabeth,Beth,Cole\nAda,,Byrne".encode(), "list.csv")
    assert [row.name for row in found.rows] == ["Beth Cole", "Ada Byrne"]
    assert [note.text for note in found.notes] == [
        "Beth Cole is read for Elizabeth Cole, as the list says for the badge."
    ]


def test_pronouns_behind_a_name_are_kept_unless_a_column_says_others() -> None:
    lines = (
        "Name,Pronouns",
        "Renée (she/her) Smith,",
        "Ed Fox [They/Them],",
        "Fi Gow (he/him),she/her",
        "Gus (Kew) Hay,",
    )
    found = read_attendees("\n".join(lines).encode(), "list.csv")
    assert [(row.name, row.pronouns) for row in found.rows][:3] == [
        ("Renée Smith", "she/her"), ("Ed Fox", "They/Them"), ("Fi Gow", "she/her"),
    ]  # fmt: skip
    assert found.rows[3].pronouns == ""


def test_an_equals_sign_before_a_name_is_taken_off() -> None:
    assert [row.name for row in read_attendees(b"Name\n=Ada Byrne\n", "list.csv").rows] == ["Ada Byrne"]


@pytest.mark.parametrize(
    ("column", "words", "access", "diet"),
    [
        ("Access needs", "Wheelchair user", "Wheelchair user", ""),
        ("Access needs", "BSL interpreter", "BSL interpreter", ""),
        ("Access needs", "None - happy with stairs", "", ""),
        ("Access needs", "No requirements", "", ""),
        ("Access or dietary requirements", "Vegan; hearing loop", "hearing loop", "Vegan"),
        (
            "Access or dietary requirements",
            "Allergic to perfume",
            "Allergic to perfume",
            "Allergic to perfume",
        ),
        ("Dietary requirements", "Vegetarian", "", "Vegetarian"),
        ("Any food allergies?", "Peanuts", "", "Peanuts"),
        ("Dietary requirements", "No special requirements", "", ""),
        ("Dietary requirements", "N/A", "", ""),
        ("Dietary requirements", "I eat everything", "", ""),
        ("Other needs in the hall", "No quiet table, but a lift", "No quiet table, but a lift", ""),
    ],
)
def test_needs_and_diets_are_kept_in_words_and_what_asks_for_nothing_is_not(
    column: str, words: str, access: str, diet: str
) -> None:
    (row, other) = read(f'Name,{column}\nAda,"{words}"\nBen,\n').rows

    assert (row.access_needs, row.diet) == (access, diet)
    assert (other.access_needs, other.diet) == ("", "")


def test_needs_kept_as_they_are_tick_nothing() -> None:
    (row,) = read("Name,Other needs in the hall\nAda,A quiet table near a lift\n").rows

    assert (row.step_free, row.quiet) == (False, False)


@pytest.mark.parametrize(
    ("arrives", "at"),
    [
        ("3 March 2027 9:30", "09:30"),
        ("Mar 3, 2027 2pm", "14:00"),
        ("3-Mar-27 13:15", "13:15"),
        ("Wednesday 3 March 2027 at 10.30am", "10:30"),
        ("Wed, 3rd Mar 2027, noon", "12:00"),
        ("2027-03-03T09:30:00", "09:30"),
        ("03/03/2027 09:30", "09:30"),
    ],
)
def test_a_time_may_have_its_date_before_it_however_that_is_written(arrives: str, at: str) -> None:
    file = read(f'Name,Arrives\nAda Byrne,"{arrives}"\nBen Cole,\n')
    assert [f"{row.arrives:%H:%M}" if row.arrives else "" for row in file.rows] == [at, ""]
    assert remarks(file) == {}


@pytest.mark.parametrize("when", ["3 March 2027", "Mar 3, 2027", "3-Mar-27", "Wed 3 Mar '27", "3. März 2027"])
def test_a_day_in_a_column_of_cancellations_is_a_no_however_it_is_written(when: str) -> None:
    file = read(f'Name,Cancelled at\nAda Byrne,"{when}"\nBen Cole,\n')
    assert ([row.name for row in file.rows], remarks(file)) == (["Ben Cole"], {"not-coming": (2,)})


def test_a_job_that_stands_twice_is_said_once() -> None:
    file = read(
        'Name,Job title\nAda Byrne,Data Scientist Data Scientist\nBen Cole,"Analyst, analyst"\nCy Fox,Lead\n'
    )
    assert [row.job_title for row in file.rows] == ["Data Scientist", "Analyst", "Lead"]
