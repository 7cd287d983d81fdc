"""Files that nobody else on the machine may read: databases, queues and backups hold personal data."""

import errno
import os
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def keep_private(path: Path) -> None:
    """Make the file at `path`, created if missing, readable by its owner alone; a new folder around it too.

    SQLite gives the files that it keeps beside a database the same permissions. A file that is there is never opened:
    to close it again would take every lock of this process from it, and another process would then remove the log of
    what was written last (https://www.sqlite.org/howtocorrupt.html, section 2.2). Raises OSError.
    """
    path.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE))
    except FileExistsError:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path)) from None
        if path.stat().st_mode & 0o077:
            path.chmod(FILE)


def open_to_others(path: Path) -> bool:
    """Whether somebody else on the machine may look into this file or folder."""
    return path.exists() and bool(path.stat().st_mode & 0o077)
