"""Peak memory of processes and of their database back ends, watched from outside.

Counted is what a process holds for itself (RssAnon): the server's shared buffers are a setting, not a
need of the work.
"""

import threading
from pathlib import Path

import psycopg2

EVERY = 0.1  # seconds


def own_megabytes(pid: int) -> float:
    """Private memory of a process; 0 when it is gone."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


class Watch:
    """Samples while the block runs; peaks by stage, the stage being read from a file that the work writes."""

    def __init__(self, *, database_url: str, pids: list[int], stage: Path):
        self.url, self.pids, self.stage = database_url, pids, stage
        self.peaks: dict[str, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._over.set()
        self._thread.join()

    @property
    def peak(self) -> float:
        return max(self.peaks.values(), default=0.0)

    def _run(self) -> None:
        connection = psycopg2.connect(self.url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            while not self._over.wait(EVERY):
                cursor.execute(
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid()"
                )
                pids = [*self.pids, *(pid for (pid,) in cursor.fetchall())]
                self._note(sum(map(own_megabytes, pids)))
        connection.close()

    def _note(self, megabytes: float) -> None:
        try:
            name = self.stage.read_text() or "begin"
        except OSError:
            name = "begin"
        self.peaks[name] = max(self.peaks.get(name, 0.0), megabytes)
