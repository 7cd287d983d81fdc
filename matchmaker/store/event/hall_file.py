"""The file in which an event travels to the hall and back: one zip, encrypted with a passphrase.

It begins with a line that says what it is and the SHA-256 of all that follows: what is damaged is told from what was
opened with other words. Then come the salt of the passphrase, a nonce, and the zip, sealed with AES-GCM. In the zip
each table is a member of JSON lines, and `about.json` says how many rows each has and the SHA-256 of its lines, as in
a backup. All of it is checked before anybody reads a row.
"""

import hashlib
import io
import json
import secrets
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from matchmaker.store.base import JsonObject
from matchmaker.store.private_files import keep_private

MAGIC = b"matchmaker hall 1\n"
SALT, NONCE, SUM = 16, 12, 32
WORK = 2**16
"""What guessing one passphrase costs: 64 MB of memory and a fifth of a second."""
SHORTEST = 12
"""Signs that a passphrase has at least."""
ABOUT = "about.json"


class HallFileError(Exception):
    """The file cannot be made, opened or used; the message says what to do."""


@dataclass(frozen=True)
class HallFile:
    """What a file holds: `about` says which event, copy and schema; `tables` has the lines of each table.

    `rows_sum` is the SHA-256 over the sums of all tables, in their order.
    """

    about: JsonObject
    tables: dict[str, list[JsonObject]]
    rows_sum: str


def packed(about: JsonObject, tables: Iterable[tuple[str, Iterable[JsonObject]]]) -> tuple[bytes, str]:
    """Return the zip of these tables, and the sum over all of them."""
    buffer, sums = io.BytesIO(), {}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in tables:
            count, digest = 0, hashlib.sha256()
            with archive.open(_member(name), "w") as member:
                for line in lines:
                    written = json.dumps(line).encode() + b"\n"
                    member.write(written)
                    digest.update(written)
                    count += 1
            sums[name] = {"rows": count, "sha256": digest.hexdigest()}
        archive.writestr(ABOUT, json.dumps({**about, "tables": sums}))
    return buffer.getvalue(), _over_all(sums)


def write(path: Path, plain: bytes, passphrase: str) -> None:
    """Write a zip to a new file that only its owner and who knows the passphrase can read.

    The file appears under its name only when it is whole. Raises HallFileError where it is there already.
    """
    if path.exists():
        raise HallFileError(f"{path} exists already. Choose another name.")
    salt, nonce = secrets.token_bytes(SALT), secrets.token_bytes(NONCE)
    sealed = salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, MAGIC)
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        keep_private(unfinished)
        unfinished.write_bytes(MAGIC + hashlib.sha256(sealed).digest() + sealed)
        unfinished.rename(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise HallFileError(f"{path} cannot be written: {error.strerror or error}.") from error


def read(path: Path, passphrase: str, direction: str) -> HallFile:
    """Return what a file holds, all of it checked. Raises HallFileError, with what to do, for whatever is wrong.

    `direction` is "out" for a file that leads to the hall, "back" for one that comes from there.
    """
    plain = _opened(path, passphrase)
    try:
        with zipfile.ZipFile(io.BytesIO(plain)) as archive:
            about = json.loads(archive.read(ABOUT))
            tables = {name: _lines(archive, name, promised) for name, promised in about["tables"].items()}
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise HallFileError(
            f"{path} was opened, and what is in it is not whole. Nothing was changed. Use another copy of the file."
        ) from error
    if about.get("direction") != direction:
        raise HallFileError(_WRONG_WAY[direction].format(path=path))
    return HallFile(about, tables, _over_all(about["tables"]))


_WRONG_WAY = {
    "out": "{path} comes back from the hall. Open the file that `matchmaker hall take-out` wrote.",
    "back": "{path} leads to the hall and not from there. Bring back the file that `matchmaker hall close` wrote.",
}


def _opened(path: Path, passphrase: str) -> bytes:
    try:
        written = path.read_bytes()
    except OSError as error:
        raise HallFileError(f"{path} cannot be read: {error.strerror or error}.") from error
    if not written.startswith(MAGIC):
        raise HallFileError(f"{path} is not a file of `matchmaker hall`. Look for another one.")
    said, sealed = written[len(MAGIC) : len(MAGIC) + SUM], written[len(MAGIC) + SUM :]
    if hashlib.sha256(sealed).digest() != said:
        raise HallFileError(
            f"{path} is damaged: it is not as it was written. Nothing was changed. Use another copy of the file."
        )
    salt, nonce, rest = sealed[:SALT], sealed[SALT : SALT + NONCE], sealed[SALT + NONCE :]
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, rest, MAGIC)
    except InvalidTag as error:
        raise HallFileError(
            "The passphrase is not the one this file was written with. Nothing was changed. Try again."
        ) from error


def _lines(archive: zipfile.ZipFile, name: str, promised: JsonObject) -> list[JsonObject]:
    found, digest = [], hashlib.sha256()
    with archive.open(_member(name)) as member:
        for line in member:
            digest.update(line)
            found.append(json.loads(line))
    if (len(found), digest.hexdigest()) != (promised["rows"], promised["sha256"]):
        raise ValueError(f"the table {name} has other rows than it was written with")
    return found


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=WORK, r=8, p=1).derive(passphrase.encode())


def _over_all(sums: JsonObject) -> str:
    return hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()


def _member(table: str) -> str:
    return f"{table}.jsonl"
