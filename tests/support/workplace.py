"""The database that this test process works in: the empty company, or for a module the demo company."""

from django.db import connections

from tests.support import databases


class Workplace:
    """Clones of this process by name, each made when it is first entered."""

    def __init__(self, worker: str):
        self.worker = worker.replace("-", "_")
        self.templates: dict[str, str] = {}
        self.current = ""

    def enter(self, template: str, *, kind: str) -> str:
        """Work in a clone of this template from now on, the live server too; returns where we were before."""
        before, name = self.current, f"{databases.CLONE}{self.worker}_{kind}"
        if name not in self.templates:
            databases.clone(name, template)
            self.templates[name] = template
        self._connect(name)
        return before

    def go_back(self, name: str) -> None:
        self._connect(name)

    def renew(self, _case=None) -> None:
        """Undo a test that committed; the ledger's guards forbid Django's TRUNCATE."""
        connections.close_all()
        databases.clone(self.current, self.templates[self.current])

    def leave(self) -> None:
        connections.close_all()
        for name in self.templates:
            databases.drop(name)

    def _connect(self, name: str) -> None:
        """The settings are one for all threads: each takes the new name with its next connection."""
        connections["default"].close()
        connections.settings["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name
        self.current = name
