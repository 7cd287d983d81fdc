"""What is handed on: the sdist and the wheel made from it carry templates, built front-end files and migrations."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and from what it holds the wheel, as `python -m build` does."""
    if not (ROOT / "static/vendor/manifest.json").is_file():
        pytest.fail(
            "The front-end files are missing. Run `make test`, or `npm ci && matchmaker assets build`."
        )
    folder = tmp_path_factory.mktemp("dist")
    hatch = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run([*hatch, "-t", "sdist"], cwd=ROOT, check=True, capture_output=True)
    [sdist] = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        # As an attribute, because Python before 3.11.4 knows no argument `filter`.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)
    [source] = [path for path in folder.iterdir() if path.is_dir()]
    subprocess.run([*hatch, "-t", "wheel"], cwd=source, check=True, capture_output=True)
    [made] = folder.glob("*.whl")
    return made


def test_the_wheel_holds_everything_the_site_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "matchmaker/templates/layout.html",
        "matchmaker/templates/print/paper.typ",
        "matchmaker/static/vendor/source-sans-3/SourceSans3-Regular.ttf",
        "matchmaker/static/app.css",
        "matchmaker/static/vendor/manifest.json",
        "matchmaker/static/vendor/govuk-frontend/govuk-frontend.min.css",
        "matchmaker/store/migrations/versions/0001_the_first_schema.py",
        "matchmaker/store/migrations/script.py.mako",
        "matchmaker/commands/demo_event/people.json",
    } <= names
    strays = [name for name in names if "node_modules" in name or name.endswith((".db", ".pyc"))]
    assert strays == []


def test_the_site_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    script = (
        "import matchmaker, sys\n"
        "assert sys.path[0] in matchmaker.__file__, matchmaker.__file__\n"
        "from matchmaker.commands.installation import open_installation\n"
        "from matchmaker.web.app import create_app\n"
        "here = open_installation(bring_up_to_date=True)\n"
        "client = create_app(here.settings, here.database, here.queue).test_client()\n"
        "print(*(client.get(path).status_code for path in ('/sign-in', '/static/app.css')))\n"
        "print(here.settings.instance)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n{script}"],
        cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stdout == f"200 200\n{tmp_path / 'instance'}\n", ran.stderr
