"""An email address in a link can be read by nobody but this installation."""

from urllib.parse import parse_qs, urlsplit

from matchmaker.services.people.sealed_addresses import opened, sealed, with_address

ADA = "ada.o'neill+news@inside.example"


def test_what_is_sealed_is_opened_with_the_same_secret_alone() -> None:
    closed = sealed("secret", ADA)
    assert "inside" not in closed
    assert opened("secret", closed) == ADA
    assert opened("another", closed) == ""
    assert sealed("secret", ADA) != closed


def test_a_link_that_mail_programs_cut_or_change_fills_in_nothing() -> None:
    for broken in ("", "=", "é", ADA, sealed("secret", ADA)[:-3]):
        assert opened("secret", broken) == ""


def test_a_link_brings_the_address_along_beside_what_it_holds_already() -> None:
    assert with_address("https://m.example/sign-in", "secret", "") == "https://m.example/sign-in"
    for link, more in (
        ("https://m.example/sign-in", {}),
        ("https://m.example/sign-in?next=/", {"next": ["/"]}),
    ):
        asked = parse_qs(urlsplit(with_address(link, "secret", ADA)).query)
        assert opened("secret", asked.pop("to")[0]) == ADA
        assert asked == more
