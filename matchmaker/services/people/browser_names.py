"""What to call a browser, so that its owner knows it again in a list: "Firefox on Windows".

Browsers say who they are in a line in which each names those before it, so the order of the rules matters. Only this
name is kept, and never the line, which can tell one browser from all others.
"""

import re

_BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|OPT/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Vivaldi/", "Vivaldi"),
    (r"(?:DuckDuckGo|Ddg)/", "DuckDuckGo"),
    (r"(?:Firefox|FxiOS)/", "Firefox"),
    (r"(?:Chrome|Chromium|CriOS|HeadlessChrome)/", "Chrome"),
    (r"Version/[\d.]+ .*Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux|X11", "Linux"),
)
LONGEST = 60


def named(user_agent: str) -> str:
    """Return the name of a browser and its system from what it says of itself, as far as that is known, or "".

    >>> named("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox on Windows'
    >>> named("curl/8.5.0")
    ''
    """
    browser = next((name for sign, name in _BROWSERS if re.search(sign, user_agent)), "")
    system = next((name for sign, name in _SYSTEMS if re.search(sign, user_agent)), "")
    if browser == "Safari" and system == "a Mac":
        system = "a Mac or an iPad"  # which says that it is a Mac
    if browser and system:
        return f"{browser} on {system}"
    return browser or (f"A browser on {system}" if system else "")
