"""What a browser sent, without U+0000: PostgreSQL does not accept it in text, and nobody types it."""

from collections.abc import Iterable
from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict


class Fields(ImmutableMultiDict[str, Any]):
    """The fields of a form or an address, hidden ones too; U+0000 is left out of their names and texts."""

    def __init__(self, mapping: Any = None) -> None:
        """Take what werkzeug parsed."""
        pairs: Iterable[tuple[str, Any]] = (
            mapping.items(multi=True)
            if hasattr(mapping, "getlist")
            else dict(mapping or ()).items()
            if isinstance(mapping, dict)
            else mapping or ()
        )
        super().__init__([(_plain(name), _plain(value)) for name, value in pairs])


def _plain(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value


class SentRequest(Request):
    """A request whose fields hold no U+0000."""

    parameter_storage_class = Fields
