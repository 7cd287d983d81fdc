"""How many examples a property is tried on."""

from typing import Any

from hypothesis import settings


def tries(most: int, **more: Any) -> settings:
    """Try so many examples; where they are the same each time, as in `make test`, no more than is usual there."""
    profile = settings()
    return settings(max_examples=min(most, profile.max_examples) if profile.derandomize else most, **more)
