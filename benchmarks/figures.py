"""Draw the figures of docs/planning.md and docs/matching.md.

    python -m benchmarks.pairing | tee pairing.txt
    python -m benchmarks.matching | tee matching.txt
    python -m benchmarks.figures pairing.txt matching.txt docs/images

Writes `plan.svg`, who meets whom in each round of one small plan; `planning.svg`, quality and time of each way to
plan, read from what `benchmarks.pairing` printed; and `matching.svg`, how much longer or shorter matching takes than
the plainest ways to do a part of it, from `benchmarks.matching`. Needs matplotlib: `pip install --group bench`.
"""

import argparse
import re
from pathlib import Path

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "matchmaker"
matplotlib.rcParams["svg.fonttype"] = "none"

from matplotlib import pyplot  # noqa: E402 - the backend must be chosen first
from matplotlib.patches import PathPatch  # noqa: E402
from matplotlib.path import Path as Curve  # noqa: E402

from benchmarks.events import made_up_problem  # noqa: E402
from matchmaker.scheduling.solver.planner import plan  # noqa: E402

LINE = re.compile(r" *(\d+)  (.{24}) *([\d.]+) +([\d.]+) s")
PEOPLE, ROUNDS = 40, 6
ARCH = [Curve.MOVETO, Curve.CURVE3, Curve.CURVE3]


def draw_plan(path: Path) -> None:
    """Draw people across and rounds down; an arch joins two people who meet, darker the better they match."""
    made = plan(made_up_problem(PEOPLE, ROUNDS, 2, PEOPLE), seed=1)
    best = max(meeting.score for meeting in made.meetings)
    figure, axes = pyplot.subplots(figsize=(8, 6))
    for meeting in made.meetings:
        a, b = sorted(int(person[1:]) for person in meeting.people)
        shade = 0.4 + 0.6 * meeting.score / best
        height = 0.12 + 0.7 * (b - a) / PEOPLE
        arch = Curve(
            [(a, meeting.round), ((a + b) / 2, meeting.round - 2 * height), (b, meeting.round)], ARCH
        )
        axes.add_patch(PathPatch(arch, fill=False, color="#1d70b8", alpha=shade))
    for round_ in range(1, ROUNDS + 1):
        axes.plot(range(PEOPLE), [round_] * PEOPLE, ".", color="#0b0c0c")
    axes.set(xlabel="person", ylabel="round", xticks=range(0, PEOPLE, 5), yticks=range(1, ROUNDS + 1))
    axes.invert_yaxis()
    save(figure, path)


def draw_methods(lines: list[str], path: Path) -> None:
    """Draw, for each method, the share of the bound and the CPU seconds against the number of people."""
    found: dict[str, list[tuple[int, float, float]]] = {}
    for matched in filter(None, map(LINE.match, lines)):
        name = matched[2].strip()
        if not name.startswith("re-plan") and "one round" not in name:
            found.setdefault(name, []).append((int(matched[1]), float(matched[3]), float(matched[4])))
    figure, (quality, time) = pyplot.subplots(1, 2, figsize=(10, 4))
    for name, points in found.items():
        people, share, seconds = zip(*sorted(points), strict=True)
        quality.plot(people, share, "o-", label=name)
        time.plot(people, seconds, "o-", label=name)
    quality.set(xscale="log", xlabel="people", ylabel="share of the proven bound")
    time.set(xscale="log", yscale="log", xlabel="people", ylabel="CPU seconds")
    time.legend(frameon=False)
    save(figure, path)


def draw_matching(lines: list[str], path: Path) -> None:
    """Draw the time of scores and best 20 over that of each plain way, against the number of people."""
    head, _rule, *rows = [[cell.strip() for cell in line.strip("| \n").split("|")] for line in lines]
    people = [int(row[0].replace(",", "")) for row in rows]
    figure, axes = pyplot.subplots(figsize=(7, 4))
    for column in range(4, 7):
        axes.plot(people, [float(row[column]) for row in rows], "o-", label=head[column].lstrip("/ "))
    axes.axhline(1, color="#b1b4b6", linewidth=1)
    axes.set(xscale="log", yscale="log", xlabel="people", ylabel="our time / theirs")
    axes.legend(frameon=False)
    save(figure, path)


def save(figure: pyplot.Figure, path: Path) -> None:
    """Write a figure with neither a date nor a frame that says nothing."""
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Read what was measured and where to write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairing", type=Path)
    parser.add_argument("matching", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    draw_plan(given.folder / "plan.svg")
    draw_methods(given.pairing.read_text("utf-8").splitlines(), given.folder / "planning.svg")
    draw_matching(given.matching.read_text("utf-8").splitlines(), given.folder / "matching.svg")


if __name__ == "__main__":
    main()
