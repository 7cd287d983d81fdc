"""Pools: whether somebody counts as inside or outside the host department.

An organiser may set the pool by hand, with a reason; from then on the domains no longer decide it.
"""

import re
from collections.abc import Iterable

from matchmaker.store.event.events import Event
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import Pool
from matchmaker.store.session import Session

_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")


def pool_of(email: str, inside_domains: Iterable[str]) -> Pool:
    """Return the pool of an address: inside if its domain, or one above it, is the host's; else outside.

    >>> str(pool_of("ada@maps.defra.gov.uk", ["defra.gov.uk"])), str(pool_of("ada@notdefra.gov.uk", ["defra.gov.uk"]))
    ('inside', 'outside')
    """
    domain = email.rpartition("@")[2].lower()
    own = (inside.lower().lstrip("@.") for inside in inside_domains)
    return Pool.INSIDE if any(domain == one or domain.endswith(f".{one}") for one in own) else Pool.OUTSIDE


def pool_anew(session: Session, event: Event) -> int:
    """Work out the pool of everybody whose pool was not set by hand; return how many changed."""
    changed = 0
    for one in registrations.at_event(session, event.id):
        pool = pool_of(one.person.email, event.inside_domains)
        if not one.pool_reason and one.pool is not pool:
            one.pool = pool
            changed += 1
    session.flush()
    return changed


def read_domains(typed: str) -> list[str]:
    """Return the mail domains in a text, one a line, lower case and each once; raises ValueError with the words.

    >>> read_domains("Defra.gov.uk\\n@environment-agency.gov.uk\\n\\ndefra.gov.uk")
    ['defra.gov.uk', 'environment-agency.gov.uk']
    """
    found: list[str] = []
    for line in typed.replace(",", "\n").splitlines():
        domain = line.strip().lower().rpartition("@")[2]
        if domain and not _DOMAIN.fullmatch(domain):
            raise ValueError(f"“{line.strip()}” is not an email domain. Enter it like defra.gov.uk")
        if domain and domain not in found:
            found.append(domain)
    return found
