"""The poster that leads people to the event on their phones: a code to scan, and the same address to type."""

from dataclasses import dataclass

import segno


@dataclass(frozen=True)
class Poster:
    """What stands on a poster. `fingerprint` is that of a certificate nobody vouches for, "" where there is none.

    `in_hall`: the address is that of a computer in the hall, in a network of its own. `encrypted`: it is https.
    `alone`: it leads to the computer that shows it, and no phone can open it. `no_mail`: no code comes by mail.
    """

    event: str
    address: str
    in_hall: bool
    encrypted: bool
    fingerprint: str
    alone: bool = False
    no_mail: bool = False

    @property
    def drawn(self) -> str:
        """The code, as SVG."""
        made: str = segno.make(self.address, error="m", micro=False).svg_inline(omitsize=True, border=2)
        return made

    @property
    def parts(self) -> list[str]:
        """The fingerprint in lines of eight pairs, as one compares it."""
        pairs = self.fingerprint.split(":") if self.fingerprint else []
        return [" ".join(pairs[at : at + 8]) for at in range(0, len(pairs), 8)]
