"""Pooling: whether somebody counts as inside or outside the host department."""

from collections.abc import Iterable

from matchmaker.store.registrations import Pool


def pool_of(email: str, inside_domains: Iterable[str]) -> Pool:
    """Return the pool of an address: inside if its domain, or one above it, is the host's; else outside.

    >>> str(pool_of("ada@maps.defra.gov.uk", ["defra.gov.uk"])), str(pool_of("ada@notdefra.gov.uk", ["defra.gov.uk"]))
    ('inside', 'outside')
    """
    domain = email.rpartition("@")[2].lower()
    own = (inside.lower().lstrip("@.") for inside in inside_domains)
    return Pool.INSIDE if any(domain == one or domain.endswith(f".{one}") for one in own) else Pool.OUTSIDE
