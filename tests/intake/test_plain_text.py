"""Texts of catalogues come out plain: no markup, no entities, no control characters, one space at a time."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.intake.text import plain, plain_prose


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("on<b>e</b> <em>word</em>", "one word"),
        ("a<br/>b<br>c", "a b c"),
        ("<script>alert('x')</script><style>p {}</style>Words", "Words"),
        ("&lt;p&gt;Escaped &amp;amp; stored&lt;/p&gt;", "Escaped & stored"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<https://example.org/> and <ana@example.org>", "<https://example.org/> and <ana@example.org>"),
        ("<!-- hidden -->seen", "seen"),
        ("<a href='x' onclick=\"y\">link</a>", "link"),
        ("a\u0000b\u0007c\r\n\td\u202e", "abc d"),
        ("<p unclosed", "<p unclosed"),
    ],
)
def test_html_becomes_words(markup: str, words: str) -> None:
    assert plain(markup) == words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# Title\n\nSome *stressed* and **strong** words", "Title Some stressed and strong words"),
        ('![map](a.png) [guide](https://example.org/a_b_c "tip")', "map guide"),
        ("- one\n- two", "• one • two"),
        ("> quoted\n\n---\n\n`code` in ``two``", "quoted code in two"),
        ("water_quality_archive and 2 * 3 * 4", "water_quality_archive and 2 * 3 * 4"),
        ("__init__ of snake_case_ name", "init of snake_case_ name"),
        ("a - b, 1* and *", "a - b, 1* and *"),
    ],
)
def test_markdown_becomes_words(markdown: str, words: str) -> None:
    assert plain_prose(markdown) == words


@given(st.text(max_size=300))
def test_whatever_comes_in_no_control_character_or_double_space_comes_out(text: str) -> None:
    words = plain_prose(text)

    assert words == " ".join(words.split())
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in words)
    assert words.encode() is not None


@given(st.text(alphabet="ab <>/&;#*_`[]()!-\n", max_size=200))
def test_no_tag_is_left_however_it_is_put_together(text: str) -> None:
    for tag in ("<b>", "</a>", "<a>"):
        assert tag not in plain(text.replace("&", ""))
