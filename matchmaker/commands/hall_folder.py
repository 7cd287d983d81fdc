"""The folder in which an event runs in the hall: its database, its key, its settings, and the file it came in.

Folder and files are their owner's alone. Opening the same file again goes on where the folder stands.
"""

import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from matchmaker.commands import hall_certificate
from matchmaker.settings import SETTINGS_FILE
from matchmaker.store.event import hall_file, hall_installation
from matchmaker.store.event.hall_file import HallFileError
from matchmaker.store.private_files import FOLDER, keep_private
from matchmaker.store.session import Database

TAKEN_OUT = "taken-out.hall"
DATABASE = "matchmaker.db"


@dataclass(frozen=True)
class HallFolder:
    """A folder of one event."""

    path: Path

    @property
    def settings(self) -> Path:
        """Where its settings lie."""
        return self.path / SETTINGS_FILE

    @property
    def taken_out(self) -> Path:
        """Where the file lies that it was opened from, as encrypted as it came."""
        return self.path / TAKEN_OUT

    def database(self) -> Database:
        """Return its database; the caller disposes of it."""
        return Database(f"sqlite:///{self.path / DATABASE}")

    def holds(self, file: Path) -> bool:
        """Return whether the folder was opened from this file; raises HallFileError where it holds another event."""
        if not self.settings.exists():
            return False
        if file.read_bytes() != self.taken_out.read_bytes():
            raise HallFileError(
                f"{self.path} holds another event, or another taking out of it. Choose another folder with --folder."
            )
        return True

    def fill(self, file: Path, passphrase: str) -> None:
        """Make an installation of its own from what was taken out. Raises HallFileError."""
        held = hall_file.read(file, passphrase, "out")
        if self.path.exists() and any(self.path.iterdir()):
            raise HallFileError(f"{self.path} is not empty. Choose another folder with --folder.")
        self.path.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        self.path.chmod(FOLDER)
        database = self.database()
        try:
            hall_installation.fill(database, held)
        finally:
            database.dispose()
        keep_private(self.taken_out)
        self.taken_out.write_bytes(file.read_bytes())
        self._write({"MATCHMAKER_ENV": "hall", "MATCHMAKER_SECRET_KEY": secrets.token_hex(32)})

    def answer_at(self, host: str, port: int, *, plain_http: bool) -> tuple[Path, Path] | None:
        """Keep under which address people reach it; return its certificate and key, None for http."""
        scheme = "http" if plain_http else "https"
        self._write({
            **self.said(),
            "MATCHMAKER_PUBLIC_URL": f"{scheme}://{host}:{port}",
            "MATCHMAKER_INSTANCE": str(self.path.resolve()),
            "MATCHMAKER_DATABASE_URL": f"sqlite:///{self.path.resolve() / DATABASE}",
        })  # fmt: skip
        return None if plain_http else hall_certificate.make(self.path, host)

    def said(self) -> dict[str, str]:
        """Return what its settings file says."""
        lines = self.settings.read_text("utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if not line.startswith("#") and "=" in line)

    def _write(self, said: dict[str, str]) -> None:
        keep_private(self.settings)
        lines = [
            "# One event, running in the hall.",
            *(f"{name}={value}" for name, value in said.items()),
            "",
        ]
        self.settings.write_text("\n".join(lines), "utf-8")


def local_address() -> str:
    """Return the address of this computer in its local network; its own where it is in none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(("192.0.2.1", 9))
            found: str = line.getsockname()[0]
        except OSError:
            return "127.0.0.1"
    return found
