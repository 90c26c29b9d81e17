"""Rebuilds all sums in the background when the score's weights are others than those the sums were made with."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping

from companion.reciprocity import Sums, weight_of
from companion.store import ledger_recount
from companion.store.ledger_connections import Connections

log = logging.getLogger(__name__)
DAY = 86_400


def fingerprint() -> str:
    """Return what tells one set of weights and half-lives from another: the sums of a fixed invented history."""
    sums = Sums()
    for day, (talk, light) in enumerate(((1, 0), (2, 1), (0, 3), (9, 0))):
        for direction in ("in", "out"):
            sums = sums.added(day * 11, direction, weight_of(talk, light))
    late = sums.advanced(200 * DAY)
    return " ".join(
        f"{value:.9g}"
        for value in (
            late.talk_in_7, late.talk_in_90, late.talk_out_7, late.talk_out_90, late.light_in, late.light_out,
        )
    )  # fmt: skip


class ScoreKeeper:
    """Keeps the stored sums true to the present weights."""

    def __init__(self, connections: Connections, owners: Mapping[str, int]) -> None:
        self._connections = connections
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        if self._stored() != fingerprint():
            self._thread = threading.Thread(
                target=self._rebuild, args=(dict(owners),), name="ledger-scores", daemon=True
            )
            self._thread.start()

    def wait(self) -> None:
        """Wait until the sums are true again, if they are being rebuilt."""
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """Stop rebuilding; the next start begins again."""
        self._stop.set()
        self.wait()

    def _stored(self) -> str | None:
        row = self._connections.reading().execute("select value from meta where key = 'score'").fetchone()
        return str(row[0]) if row else None

    def _rebuild(self, owners: dict[str, int]) -> None:
        for name, number in owners.items():
            mended = ledger_recount.recount(self._connections, name, number, self._stop.is_set)
            if mended:
                log.info("The score's weights have changed: counted %d people again.", len(mended))
        if not self._stop.is_set():
            with self._connections.writing() as connection:
                connection.execute(
                    "insert into meta (key, value) values ('score', ?) "
                    "on conflict (key) do update set value = excluded.value",
                    (fingerprint(),),
                )
