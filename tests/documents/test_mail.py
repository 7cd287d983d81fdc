from matchmaker.documents.mail import as_html
from matchmaker.documents.people.sign_in_mail import SignInCode, sign_in_code

LINK = "https://matchmaker.example.org/sign-in/a-long-and-unguessable-part-that-is-wider-than-any-line-of-a-mail?x=1"


def test_lines_are_72_wide_and_a_link_is_never_broken(sender):
    body = sign_in_code(SignInCode("012913", 10, LINK, sender)).body
    assert [line for line in body.splitlines() if len(line) > 72] == [LINK]


def test_a_letter_as_html_has_its_paragraphs_and_links_and_lets_nothing_of_what_people_wrote_be_markup():
    body = f"Hello <b>Ada</b> & Ben,\n\nA line that\ngoes on.\n\n{LINK}\n\nSee https://far.example or not.\n"
    made = as_html('A "note" <from> Ben', body)
    assert "<title>A &quot;note&quot; &lt;from&gt; Ben</title>" in made
    assert "<p>Hello &lt;b&gt;Ada&lt;/b&gt; &amp; Ben,</p>\n<p>A line that goes on.</p>\n" in made
    assert f'<p><a href="{LINK}" style="color: #0b5d3f">{LINK}</a></p>' in made
    assert "<p>See https://far.example or not.</p>" in made
    assert made.count("<a ") == 1
    assert "<img" not in made
    # A phone shows it at its own size, and the long address of a link in as many lines as it takes.
    assert '<meta name="viewport" content="width=device-width">' in made
    assert "overflow-wrap: anywhere" in made
