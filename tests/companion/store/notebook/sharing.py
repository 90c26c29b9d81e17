"""Several notebooks that tell each other their lines, without a folder or server between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from companion.settings import Settings
from companion.store.documents import Document, encode
from companion.store.notebook.forgotten import hashed
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.shared import Received

ADA = "1000001"
STUB, WREN, INES = "@wrenwrites", "2000001", "2000002"


class Machine:
    """One notebook, with everything that it ever told."""

    def __init__(self, folder: Path, name: str, *, share: bool = True) -> None:
        self.notebook = Notebook.open(Settings(data=folder / name), clock=lambda: 50.0)
        self.name, self.told, self._ops = name, list[Document](), 0
        if share:
            self.notebook.shared.begin(name, name)

    def write(self, kind: str, pid: str, body: dict[str, object], at: int, *, op: str | None = None) -> None:
        """Write as a client that has the present text in view."""
        self._ops += 1
        self.notebook.write(op or f"{self.name}-{self._ops}", kind, pid, body, -1, at, ADA)

    def publish(self) -> None:
        """Hand out what was written since, and let the notebook know."""
        lines = self.notebook.shared.lines
        self.told += [dict(row) for row in lines.outgoing()]
        if self.told:
            lines.carried(int(str(self.told[-1]["n"])))

    def hear(self, other: Machine, most: int = 10_000) -> Received:
        """Take in lines of another machine, its first ones again."""
        other.publish()
        return self.notebook.shared.receive(other.name, other.told[:most], self.forget_hash)

    def forget(self, pid: str, act: str) -> None:
        """Forget somebody by hand."""
        self.notebook.forget(pid, act)
        self.notebook.forgotten.mark(hashed(pid), act)

    def forget_hash(self, who: str, act: str) -> None:
        """Forget whoever has a hash, because another machine did."""
        for pid in [pid for pid in self.notebook.forgotten.holds() if hashed(pid) == who]:
            self.notebook.forget(pid, act)
        self.notebook.forgotten.mark(who, act)

    def view(self) -> dict[str, Any]:
        """Return what a user sees of everybody, and every earlier text."""
        shown: dict[str, Any] = {"forgotten": self.notebook.forgotten.acts()}
        for pid in sorted(self.notebook.forgotten.holds()):
            about = self.notebook.about(pid)
            texts = {(version.text, version.at) for version in self.notebook.versions(pid)}
            touches = sorted(
                encode({key: one[key] for key in ("words", "item")}) for one in about.others.get("touch", [])
            )
            circles = about.others.get("circle", [{"circles": []}])[0]["circles"]
            note = (about.note.text, about.note.at) if about.note else None
            seen = (note, about.tags, about.alias, texts, touches, circles)
            if any(seen):
                shown[pid] = seen
        return shown
