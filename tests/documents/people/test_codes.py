from dataclasses import replace

import pytest

from matchmaker.documents.people.codes import CodeSheet, PrintedCode, codes_pdf, mail_merge_csv


@pytest.fixture
def sheet(stamp, starts):
    return CodeSheet("Data Together", "matchmaker.example.org", starts(25), stamp.made_at, stamp.zone)


def test_a_strip_says_whom_it_is_for_and_what_to_type_where(sheet, heard):
    assert heard(codes_pdf([PrintedCode("Priya Nair", "Environment Agency", "012913")], sheet)) == (
        "Data Together Priya Nair Environment Agency Go to matchmaker.example.org and sign in with: 012 913 "
        "Valid until 6pm on 12 November 2026. Keep it to yourself."
    )


def test_ten_strips_to_a_sheet_each_with_its_own_code(sheet, pages):
    codes = [PrintedCode(f"Person {number:02}", "Natural England", f"{number:06}") for number in range(21)]
    text = pages(codes_pdf(codes, sheet))
    assert [page.count("Validuntil") for page in text] == [10, 10, 1]
    for number in range(21):
        assert f"000{number:03}" in text[number // 10]


def test_nothing_runs_into_the_foot_of_a_strip(hard_names, sheet, any_fonts, words):
    place = "Centre for Environment, Fisheries and Aquaculture Science"
    shared = replace(sheet, address="https://matchmaker.data-together.department.example.org")
    made = codes_pdf([PrintedCode(name, place, "123456") for name in hard_names], shared, any_fonts)
    feet = 0
    for page in words(made):
        for word in page:
            assert word.left % 105 + word.right - word.left <= 105 - 6.5, word
            bottom = word.top % 59.4 + word.bottom - word.top
            assert bottom <= 59.4 - 3, word
            if bottom > 59.4 - 9:
                assert word.text in "Valid until 6pm on 12 November 2026. Keep it to yourself."
                feet += word.text == "Valid"
    assert feet == len(hard_names)


def test_the_mail_merge_file_has_a_row_a_person_and_keeps_zeros(sheet):
    codes = [
        PrintedCode("Tom Price", "Natural England", "482913", "tom@example.org"),
        PrintedCode("=cmd", "Environment Agency", "000007"),
    ]
    assert mail_merge_csv(codes, sheet).decode("utf-8-sig") == (
        "Name,Organisation,Email,Code,Address,Event,Valid until\r\n"
        "'=cmd,Environment Agency,,000 007,matchmaker.example.org,Data Together,6pm on 12 November 2026\r\n"
        "Tom Price,Natural England,tom@example.org,482 913,matchmaker.example.org,Data Together,"
        "6pm on 12 November 2026\r\n"
    )
