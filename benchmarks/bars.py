"""A bar chart as a small SVG, written by hand so that no plotting library is needed."""

from collections.abc import Mapping, Sequence
from html import escape

COLOURS = ("#b1b4b6", "#5694ca", "#85994b", "#1d70b8")
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 300, 40, 250, 50


def bars(title: str, groups: Sequence[str], series: Mapping[str, Sequence[float]]) -> str:
    """Return an SVG of one bar for each series in each group; values are in [0, 1] and stand over their bars."""
    wide = (WIDTH - LEFT) / len(groups)
    bar = wide * 0.8 / len(series)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="Arial, sans-serif" font-size="12"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f'<line x1="{LEFT}" y1="{BOTTOM}" x2="{WIDTH}" y2="{BOTTOM}" stroke="#0b0c0c"/>'
    ]
    for place, (name, values) in enumerate(series.items()):
        colour = COLOURS[place % len(COLOURS)]
        parts.append(f'<rect x="{LEFT + place * 165}" y="12" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{LEFT + place * 165 + 18}" y="23">{escape(name)}</text>')
        for group, value in enumerate(values):
            x, high = LEFT + group * wide + wide * 0.1 + place * bar, value * (BOTTOM - TOP)
            size = f'width="{bar - 3:.1f}" height="{high:.1f}"'
            parts.append(
                f'<rect x="{x:.1f}" y="{BOTTOM - high:.1f}" {size} fill="{colour}"/>'
                f'<text x="{x + bar / 2 - 1:.1f}" y="{BOTTOM - high - 4:.1f}" text-anchor="middle">{value:.2f}</text>'
            )
    parts += [
        f'<text x="{LEFT + group * wide + wide / 2:.1f}" y="{BOTTOM + 20}" text-anchor="middle">{escape(name)}</text>'
        for group, name in enumerate(groups)
    ]
    return "\n".join([*parts, "</svg>", ""])
