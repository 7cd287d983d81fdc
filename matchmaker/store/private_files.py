"""Files that nobody else on the machine may read: databases, queues and backups hold personal data."""

import os
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def keep_private(path: Path) -> None:
    """Make the file at `path`, created if missing, readable by its owner alone; a new folder around it too.

    SQLite gives the files that it keeps beside a database the same permissions.
    """
    path.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, FILE))
    if path.stat().st_mode & 0o077:
        path.chmod(FILE)


def open_to_others(path: Path) -> bool:
    """Whether somebody else on the machine may look into this file or folder."""
    return path.exists() and bool(path.stat().st_mode & 0o077)
