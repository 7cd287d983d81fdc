"""The asset step: what it takes, what it changes, and what it notices."""

import json
from pathlib import Path

import pytest

from matchmaker.commands.assets import (
    FILES,
    FONT_STACK,
    AssetError,
    build_vendor,
    debrand,
    drop_source_map,
    vendor_faults,
)

FACE = "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
USE = ".a{font-family:GDS Transport,arial,sans-serif}"
CREST = ".b{background-image:url(/assets/images/govuk-crest.svg)}"
BRANDED = FACE * 2 + USE * 58 + CREST * 3 + "\n/*# sourceMappingURL=govuk-frontend.min.css.map */\n"
VERSIONS = {
    "govuk-frontend": "6.6.0",
    "accessible-autocomplete": "3.0.1",
    "htmx.org": "2.0.11",
    "@fontsource/source-sans-3": "5.3.1",
    "source-sans": "3.52.0",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose packages hold small stand-ins for the real files."""
    for package, version in VERSIONS.items():
        folder = tmp_path / "node_modules" / package
        folder.mkdir(parents=True)
        (folder / "package.json").write_text(json.dumps({"version": version}))
    for file in FILES:
        path = tmp_path / "node_modules" / file.package / file.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BRANDED if file.target.endswith("govuk-frontend.min.css") else f"/* {file.source} */")
    _lock(tmp_path, VERSIONS)
    (tmp_path / "licences").mkdir()
    (tmp_path / "licences" / "govuk-frontend.txt").write_text("MIT")
    (tmp_path / "static").mkdir()
    return tmp_path


def _lock(checkout: Path, versions: dict[str, str]) -> None:
    packages = {"": {"name": "matchmaker"}}
    packages |= {f"node_modules/{name}": {"version": version} for name, version in versions.items()}
    (checkout / "package-lock.json").write_text(json.dumps({"packages": packages}))


def test_debranding_leaves_our_typeface_and_nothing_of_the_identity() -> None:
    css = debrand(BRANDED)
    assert css.count(FONT_STACK) == 58
    assert css.count("background-image:none") == 3
    assert "GDS Transport" not in css
    assert "@font-face" not in css
    assert "sourceMappingURL" not in css


@pytest.mark.parametrize(
    ("css", "words"),
    [
        (BRANDED + FACE, "has 3 @font-face rules where 2 were expected"),
        (BRANDED + USE, "has 59 uses of the typeface where 58 were expected"),
        (BRANDED.replace(CREST, "", 1), "has 2 crest images where 3 were expected"),
        (BRANDED + ".c{background:url(/assets/images/new.svg)}", "loads a file from an address"),
    ],
)
def test_an_upgrade_that_moves_the_identity_stops_the_step(css: str, words: str) -> None:
    with pytest.raises(AssetError) as stopped:
        debrand(css)
    assert words in stopped.value.message


def test_a_script_loses_the_comment_that_points_to_its_source_map() -> None:
    assert drop_source_map("run();//# sourceMappingURL=run.js.map") == "run();\n"


def test_what_was_built_is_whole_and_carries_every_licence(checkout: Path) -> None:
    build_vendor(checkout)
    assert vendor_faults(checkout) == []
    vendor = checkout / "static" / "vendor"
    assert sorted(path.parent.name for path in vendor.rglob("LICENSE.txt")) == [
        "accessible-autocomplete",
        "govuk-frontend",
        "htmx",
        "source-sans-3",
    ]
    entry = json.loads((vendor / "manifest.json").read_text())["htmx/htmx.min.js"]
    assert entry["version"] == "2.0.11"
    assert entry["size"] == len("/* dist/htmx.min.js */")


def test_building_again_changes_nothing(checkout: Path) -> None:
    assert build_vendor(checkout) == build_vendor(checkout)


def test_every_fault_is_named(checkout: Path) -> None:
    build_vendor(checkout)
    vendor = checkout / "static" / "vendor"
    (vendor / "htmx" / "htmx.min.js").write_text("changed")
    (vendor / "htmx" / "LICENSE.txt").unlink()
    (vendor / "stray.js").write_text("stray")
    _lock(checkout, VERSIONS | {"accessible-autocomplete": "3.0.2"})
    assert vendor_faults(checkout) == [
        "static/vendor/stray.js is not in the manifest.",
        *(
            f"static/vendor/accessible-autocomplete/{name} comes from accessible-autocomplete 3.0.1, "
            "but package-lock.json names 3.0.2."
            for name in (
                "LICENSE.txt",
                "accessible-autocomplete.min.css",
                "accessible-autocomplete.min.js",
            )
        ),
        "static/vendor/htmx/LICENSE.txt is missing.",
        "static/vendor/htmx/htmx.min.js has changed since it was built.",
    ]


def test_files_never_built_are_one_fault(checkout: Path) -> None:
    assert vendor_faults(checkout) == ["static/vendor/manifest.json is missing."]


def test_a_failed_build_leaves_the_old_files(checkout: Path) -> None:
    build_vendor(checkout)
    (checkout / "node_modules" / "govuk-frontend" / "package.json").write_text('{"version": "6.7.0"}')
    with pytest.raises(AssetError) as stopped:
        build_vendor(checkout)
    assert stopped.value.message == (
        "govuk-frontend 6.7.0 is installed but package-lock.json names 6.6.0. Run `npm ci`, then try again."
    )
    assert vendor_faults(checkout) == []


def test_a_missing_package_says_what_to_run(checkout: Path) -> None:
    (checkout / "node_modules" / "htmx.org" / "package.json").unlink()
    with pytest.raises(AssetError) as stopped:
        build_vendor(checkout)
    assert stopped.value.message == "The npm package htmx.org is not installed. Run `npm ci`, then try again."
