"""The asset step: copy front-end files from `node_modules` into `static/vendor`, and prove they are whole.

GOV.UK Frontend may be used outside gov.uk, but its identity may not: the step takes the typeface, the crest
and the name of the typeface out of the css, and stops when an upgrade has moved what it expects to find.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from matchmaker.documents.counts import plural
from matchmaker.settings import ROOT

FONT_STACK = '"Source Sans 3",arial,sans-serif'
MANIFEST = "manifest.json"

_FONT_FACE = re.compile(r"@font-face\{[^}]*GDS Transport[^}]*\}")
_FONT_USE = re.compile(r"GDS Transport,arial,sans-serif")
_CREST = re.compile(r"url\(/assets/images/govuk-crest\.svg\)")
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+")
_FOREIGN_URL = re.compile(r"url\((?![\"']?data:)")


class AssetError(click.ClickException):
    """The front-end files are missing or not what this step was written for; the message says what to do."""


@dataclass(frozen=True)
class VendorFile:
    """One file to take: from which npm package, where it lies there, and how its text changes on the way."""

    package: str
    source: str
    target: str
    change: Callable[[str], str] | None = None


@dataclass(frozen=True)
class ManifestEntry:
    """What was written to `static/vendor`: size in bytes, sha256 in hexadecimal."""

    package: str
    version: str
    size: int
    sha256: str


def drop_source_map(text: str) -> str:
    """Remove the comment that points to a source map, which would be a 404 in the browser's tools."""
    return _SOURCE_MAP.sub("", text).rstrip() + "\n"


def debrand(css: str) -> str:
    """Take the GOV.UK typeface and crest out of GOV.UK Frontend's css.

    Raises AssetError when the number of places changed is not the number seen in the pinned version, or when
    anything of the identity is left.
    """
    for pattern, replacement, expected, what in (
        (_FONT_FACE, "", 2, "@font-face rules"),
        (_FONT_USE, FONT_STACK, 58, "uses of the typeface"),
        (_CREST, "none", 3, "crest images"),
    ):
        css, found = pattern.subn(replacement, css)
        if found != expected:
            raise AssetError(
                f"govuk-frontend.min.css has {found} {what} where {expected} were expected. "
                "Check what the new version changed, then correct the number in this step."
            )
    css = drop_source_map(css)
    if "GDS Transport" in css or _FOREIGN_URL.search(css):
        raise AssetError("govuk-frontend.min.css still names GDS Transport or loads a file from an address.")
    return css


def _font_files() -> Iterator[VendorFile]:
    for alphabet in ("latin", "latin-ext"):
        for weight in (400, 700):
            name = f"source-sans-3-{alphabet}-{weight}-normal.woff2"
            yield VendorFile("@fontsource/source-sans-3", f"files/{name}", f"source-sans-3/{name}")
    # The same typeface for paper, whole: with Greek, Cyrillic and Vietnamese, in a form that Typst reads.
    for style in ("Regular", "Bold"):
        name = f"SourceSans3-{style}.ttf"
        yield VendorFile("source-sans", f"TTF/{name}", f"source-sans-3/{name}")


FILES = (
    VendorFile(
        "govuk-frontend",
        "dist/govuk/govuk-frontend.min.css",
        "govuk-frontend/govuk-frontend.min.css",
        debrand,
    ),
    VendorFile(
        "govuk-frontend",
        "dist/govuk/govuk-frontend.min.js",
        "govuk-frontend/govuk-frontend.min.js",
        drop_source_map,
    ),
    VendorFile(
        "accessible-autocomplete",
        "dist/accessible-autocomplete.min.js",
        "accessible-autocomplete/accessible-autocomplete.min.js",
        drop_source_map,
    ),
    VendorFile(
        "accessible-autocomplete",
        "dist/accessible-autocomplete.min.css",
        "accessible-autocomplete/accessible-autocomplete.min.css",
        drop_source_map,
    ),
    VendorFile("accessible-autocomplete", "LICENSE.txt", "accessible-autocomplete/LICENSE.txt"),
    VendorFile("htmx.org", "dist/htmx.min.js", "htmx/htmx.min.js"),
    VendorFile("htmx.org", "LICENSE", "htmx/LICENSE.txt"),
    *_font_files(),
    VendorFile("@fontsource/source-sans-3", "LICENSE", "source-sans-3/LICENSE.txt"),
    VendorFile("source-sans", "LICENSE.md", "source-sans-3/LICENSE.md"),
)
"""Every file taken from npm. govuk-frontend's package carries no licence text, so `licences/` holds it."""


def build_vendor(root: Path) -> dict[str, ManifestEntry]:
    """Fill `root/static/vendor` afresh from `root/node_modules` and return what was written, by path.

    The new folder replaces the old one only when every file has been made, so a failure leaves the old one.
    Raises AssetError when a package is missing or its version is not the one in `package-lock.json`.
    """
    locked = locked_versions(root)
    vendor, fresh = root / "static" / "vendor", root / "node_modules" / ".vendor-new"
    shutil.rmtree(fresh, ignore_errors=True)
    entries: dict[str, ManifestEntry] = {}
    for file in FILES:
        version = _installed_version(root, file.package)
        if version != locked.get(file.package):
            raise AssetError(
                f"{file.package} {version} is installed but package-lock.json names "
                f"{locked.get(file.package)}. Run `npm ci`, then try again."
            )
        content = (root / "node_modules" / file.package / file.source).read_bytes()
        if file.change is not None:
            content = file.change(content.decode()).encode()
        entries[file.target] = _write(fresh, file.target, content, file.package, version)
    licence = (root / "licences" / "govuk-frontend.txt").read_bytes()
    target = "govuk-frontend/LICENSE.txt"
    entries[target] = _write(fresh, target, licence, "govuk-frontend", locked["govuk-frontend"])
    listing = {path: asdict(entry) for path, entry in sorted(entries.items())}
    (fresh / MANIFEST).write_text(json.dumps(listing, indent=2) + "\n")
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)
    return entries


def vendor_faults(root: Path) -> list[str]:
    """Say what is wrong with `root/static/vendor`, one sentence a fault; an empty list means it is whole."""
    vendor = root / "static" / "vendor"
    if not (vendor / MANIFEST).is_file():
        return ["static/vendor/manifest.json is missing."]
    written = json.loads((vendor / MANIFEST).read_text(encoding="utf-8"))
    listing = {path: ManifestEntry(**entry) for path, entry in written.items()}
    locked = locked_versions(root)
    wanted = {file.target for file in FILES} | {"govuk-frontend/LICENSE.txt"}
    present = {p.relative_to(vendor).as_posix() for p in vendor.rglob("*") if p.is_file()} - {MANIFEST}
    faults = [f"static/vendor/{path} is missing from the manifest." for path in sorted(wanted - set(listing))]
    faults += [f"static/vendor/{path} is not in the manifest." for path in sorted(present - set(listing))]
    for path, entry in listing.items():
        if path not in present:
            faults.append(f"static/vendor/{path} is missing.")
        elif hashlib.sha256((vendor / path).read_bytes()).hexdigest() != entry.sha256:
            faults.append(f"static/vendor/{path} has changed since it was built.")
        if entry.version != locked.get(entry.package):
            faults.append(
                f"static/vendor/{path} comes from {entry.package} {entry.version}, "
                f"but package-lock.json names {locked.get(entry.package)}."
            )
    return faults


def locked_versions(root: Path) -> dict[str, str]:
    """Return package name → version from `root/package-lock.json`."""
    path = root / "package-lock.json"
    if not path.is_file():
        raise AssetError(f"{path} is missing. Run this command in a checkout of matchmaker.")
    packages = json.loads(path.read_text())["packages"]
    prefix = "node_modules/"
    return {name.removeprefix(prefix): item["version"] for name, item in packages.items() if name}


def _installed_version(root: Path, package: str) -> str:
    path = root / "node_modules" / package / "package.json"
    if not path.is_file():
        raise AssetError(f"The npm package {package} is not installed. Run `npm ci`, then try again.")
    return str(json.loads(path.read_text())["version"])


def _write(folder: Path, target: str, content: bytes, package: str, version: str) -> ManifestEntry:
    path = folder / target
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return ManifestEntry(package, version, len(content), hashlib.sha256(content).hexdigest())


@click.group()
def assets() -> None:
    """Build and check the front-end files in static/vendor."""


@assets.command()
def build() -> None:
    """Copy the front-end files from node_modules into static/vendor."""
    entries = build_vendor(ROOT)
    size = sum(entry.size for entry in entries.values())
    click.echo(f"Wrote {plural(len(entries), 'file')} ({size // 1000} kB) to static/vendor.")


@assets.command()
def check() -> None:
    """Check that static/vendor is whole and matches package-lock.json."""
    faults = vendor_faults(ROOT)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise AssetError("Run `npm ci && matchmaker assets build`.")
    click.echo("The front-end files are whole.")
