"""A browser is called what its owner calls it."""

import pytest

from matchmaker.services.people.browser_names import LONGEST, named

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
SAMSUNG = "SamsungBrowser/28.0 Chrome/130.0.0.0"
CHROMEBOOK = "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)"
MAC_WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (f"{WINDOWS} {WEBKIT} Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0", "Edge on Windows"),
        (f"{WINDOWS} {WEBKIT} Chrome/138.0.0.0 Safari/537.36", "Chrome on Windows"),
        (f"{WINDOWS} {WEBKIT} Chrome/138.0.0.0 Safari/537.36 OPR/120.0.0.0", "Opera on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (f"{CHROMEBOOK} {WEBKIT} Chrome/138.0.0.0 Safari/537.36", "Chrome on a Chromebook"),
        (f"{PHONE} Version/18.5 Mobile/15E148 Safari/604.1", "Safari on an iPhone"),
        (f"{PHONE} CriOS/138.0.7204.119 Mobile/15E148 Safari/604.1", "Chrome on an iPhone"),
        (f"{PHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15", "Firefox on an iPhone"),
        (f"{PHONE} EdgiOS/138.0.0.0 Version/18.0 Mobile/15E148 Safari/604.1", "Edge on an iPhone"),
        (f"{ANDROID} {WEBKIT} {SAMSUNG} Mobile Safari/537.36", "Samsung Internet on Android"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android"),
        (f"{MAC} {MAC_WEBKIT} Version/18.5 Safari/605.1.15", "Safari on a Mac or an iPad"),
        (f"{MAC} {WEBKIT} Chrome/138.0.0.0 Safari/537.36", "Chrome on a Mac"),
        (f"{WINDOWS} Trident/7.0; rv:11.0) like Gecko", "A browser on Windows"),
        ("Firefox/140.0", "Firefox"),
        ("", ""),
        ("<script>alert(1)</script>", ""),
    ],
)  # fmt: skip
def test_a_browser_and_its_system_are_known_by_what_they_say(said: str, name: str) -> None:
    assert named(said) == name
    assert len(name) <= LONGEST


def test_nothing_else_of_what_a_browser_says_is_kept() -> None:
    assert named(f"{WINDOWS} Firefox/140.0 Ada's laptop " + "x" * 10_000) == "Firefox on Windows"
