"""Opening a .zip or .gz with one file inside, within bounds; a workbook, which is a .zip too, stays as it is."""

import io
import zipfile
import zlib

from matchmaker.intake.problems import IntakeError

MAX_UNPACKED = 25 * 1024 * 1024
_PARTS_OF_BOOKS = (
    "[content_types].xml",
    "mimetype",
    "content.xml",
    "xl/",
    "word/",
    "ppt/",
    "index/document.iwa",
)


def unpacked(data: bytes) -> bytes:
    """Return the one file inside a .zip or .gz, and anything else as it is.

    Folders, hidden files and what macOS adds are passed over. Raises IntakeError if there are several files, if the
    one unpacks to more than 25 MB, or has a password; packing again and again inside is not followed.
    """
    if data[:2] == b"\x1f\x8b":
        return _from_gzip(data)
    if data[:4] != b"PK\x03\x04":
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [name.replace("\\", "/").lstrip("/").casefold() for name in package.namelist()]
            if any(name.startswith(_PARTS_OF_BOOKS) or name.endswith("workbook.xml") for name in names):
                return data
            return _only_file(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return data  # whoever reads it as a workbook says that it is damaged


def _only_file(package: zipfile.ZipFile) -> bytes:
    files = [
        entry
        for entry in package.infolist()
        if not entry.is_dir()
        and not any(part.startswith((".", "__MACOSX")) for part in entry.filename.split("/"))
    ]
    if len(files) != 1:
        shown = ", ".join(f"“{entry.filename[-60:]}”" for entry in files[:6])
        raise IntakeError(
            f"This compressed folder holds {len(files)} files{f': {shown}' if files else ''}. "
            "Unpack it, then choose the one with the list."
        )
    if files[0].flag_bits & 1:
        raise IntakeError("This compressed folder has a password. Unpack it, then choose the list inside it.")
    with package.open(files[0]) as inner:
        return _bounded(inner.read(MAX_UNPACKED + 1))


def _from_gzip(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        return _bounded(unpacker.decompress(data, MAX_UNPACKED + 1))
    except zlib.error:
        return data


def _bounded(content: bytes) -> bytes:
    if len(content) > MAX_UNPACKED:
        raise IntakeError(
            "What is in this compressed file has more than 25 MB. Unpack it, split it, and choose one part."
        )
    return content
