"""From frozen inputs to the HTML of a page that prints as it is: the one template environment of this room.

It links its style sheets through `asset`, a function from a path under `static/` to its address.
"""

from collections.abc import Callable
from pathlib import Path

import jinja2

Asset = Callable[[str], str]

_PACKAGE = Path(__file__).resolve().parent.parent


def folder(name: str) -> Path:
    """Find `templates` or `static`: inside the package in a wheel, beside it in a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(folder("templates") / "print"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(template: str, asset: Asset, **values: object) -> str:
    """Render `templates/print/<template>` to a whole HTML document."""
    return _environment.get_template(template).render(asset=asset, **values)
