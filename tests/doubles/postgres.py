"""An own PostgreSQL server in a temporary folder, for tests and benchmarks."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres() -> Iterator[str | None]:
    """Yield the URL of the database `postgres` of a new server, or None where no PostgreSQL is installed."""
    binaries = _postgres_binaries()
    if binaries is None:
        yield None
        return
    # Not below tmp_path: PostgreSQL refuses to run as root, and pytest's folders are closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="mittendrin-pg-"))
    try:
        with _postgres(binaries, folder):
            yield f"postgresql+psycopg://mittendrin@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgres(binaries: Path, folder: Path) -> Iterator[None]:
    user = _unprivileged_user() if os.geteuid() == 0 else None
    log = folder / "server.log"
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        # pg_ctl's server inherits the outputs, so they go to a file: a pipe would never end.
        with log.open("ab") as file:
            command = [binaries / program, "-D", folder / "data", *arguments]
            done = subprocess.run(
                command, user=user, cwd=folder, stdin=subprocess.DEVNULL, stdout=file, stderr=file, timeout=120
            )
        assert done.returncode == 0, log.read_text(errors="replace")

    run("initdb", "-U", "mittendrin", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    run("pg_ctl", "-w", "-o", f"-F -c listen_addresses='' -c unix_socket_directories='{folder}'", "start")
    try:
        yield
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")


def _postgres_binaries() -> Path | None:
    """The folder of the newest PostgreSQL: of PATH, Debian, Red Hat or Homebrew."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    for root, pattern in (
        ("/usr/lib/postgresql", "*/bin"),
        ("/usr", "pgsql-*/bin"),
        ("/opt/homebrew/opt", "postgresql*/bin"),
        ("/usr/local/opt", "postgresql*/bin"),
    ):
        places += sorted(Path(root).glob(pattern), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


def _unprivileged_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
