"""Schedules that a rule of what carries lines decides, each with the change that takes the rule away."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from companion.share import line_file, link
from companion.share.inbox import Inbox
from companion.share.link import FolderLink
from companion.share.membership import Meeting
from companion.share.sealing import Seal
from companion.share.space import enter
from companion.store.documents import Document
from companion.store.notebook.shared import Received
from tests.companion.share import old_copies
from tests.companion.share.devices import INES, PASSPHRASE, WREN, Laptop, own_file, settle
from tests.companion.share.rules_taken_away import Patch, Rule


def a_data_folder_comes_back_from_an_old_copy(home: Path) -> None:
    """What it writes then has numbers that were used."""
    with ExitStack() as stack:
        desk, lap = (Laptop(home, name, home / "carried") for name in ("desk", "lap"))
        for each in (desk, lap):
            stack.callback(each.stop)
        old_copies.comes_back(desk, lap, home, settle)


def _an_old_copy_goes_on_under_its_id(patch: Patch) -> None:
    patch.setattr(link, "_is_another_past", lambda *_: False)


def somebody_is_forgotten_in_the_middle_of_a_file(home: Path) -> None:
    """The lines around that of the forgotten keep their numbers, so that nobody has to tell them anew."""
    with ExitStack() as stack:
        desk = Laptop(home, "desk", home / "carried")
        stack.callback(desk.stop)
        desk.note("a secret")
        desk.note("stays", INES)
        desk.meet()
        desk.forget(WREN, "act")
        settle(desk)
        desk.note("stays too", "2000003")
        settle(desk)
        assert desk.meeting.former == []


def _lines_of_the_forgotten_are_deleted(patch: Patch) -> None:
    rewrite = line_file.rewrite

    def without(path: Path, seal: Seal, device: str, lines: Iterable[Document]) -> None:
        rewrite(path, seal, device, [line for line in lines if line.keys() - {"n", "op"}])

    patch.setattr(line_file, "rewrite", without)


def a_line_in_the_middle_comes_later(home: Path) -> None:
    """Lines behind one that is damaged count, and it does once it is whole."""
    with ExitStack() as stack:
        desk, lap = (Laptop(home, name, home / "carried") for name in ("desk", "lap"))
        for each in (desk, lap):
            stack.callback(each.stop)
        desk.note("in the middle")
        desk.note("behind it", INES)
        desk.meet()
        whole = own_file(desk).read_bytes()
        lines = whole.split(b"\n")
        own_file(desk).write_bytes(b"\n".join([*lines[:-3], lines[-3][:20], *lines[-2:]]))
        lap.meet()
        assert lap.text(INES) == "behind it"
        own_file(desk).write_bytes(whole)
        lap.meet()
        assert lap.text() == "in the middle"


def _a_receiver_skips_what_is_missing(patch: Patch) -> None:
    take = Inbox.take

    def skipping(
        self: Inbox, device: str, lines: list[Document], meeting: Meeting, _whole: int | None = None
    ) -> Received:
        return take(self, device, lines, meeting)

    patch.setattr(Inbox, "take", skipping)


def the_carrier_brings_an_old_file_back(home: Path) -> None:
    """A file from before somebody was forgotten, in the place of the one without them."""
    with ExitStack() as stack:
        desk = Laptop(home, "desk", home / "carried")
        stack.callback(desk.stop)
        desk.note("a secret")
        desk.meet()
        file = own_file(desk)
        shutil.copyfile(file, home / "old")
        desk.forget(WREN, "act")
        settle(desk)
        desk.note("later", INES)
        settle(desk)
        shutil.copyfile(home / "old", file)
        settle(desk)
        seal = enter(desk.carried, PASSPHRASE, cost=2)
        for path in desk.carried.glob("mutuals-*.log"):
            about = [line for line in line_file.read(path, seal).lines.values() if line.get("pid") == WREN]
            assert about == [], path


def _blanked_once_and_never_again(patch: Patch) -> None:
    clean, done = FolderLink._clean, list[bool]()

    def once(self: FolderLink, folder: Path, meeting: Meeting) -> None:
        if not (done and meeting.former):
            clean(self, folder, meeting)
        done.append(True)

    patch.setattr(FolderLink, "_clean", once)


CARRIER_RULES = (
    Rule("6 an old copy becomes a new device", a_data_folder_comes_back_from_an_old_copy,
         _an_old_copy_goes_on_under_its_id),
    Rule("7 blanked, never deleted", somebody_is_forgotten_in_the_middle_of_a_file,
         _lines_of_the_forgotten_are_deleted),
    Rule("8 numbers without holes", a_line_in_the_middle_comes_later, _a_receiver_skips_what_is_missing),
    Rule("9 blanked again in an old file", the_carrier_brings_an_old_file_back, _blanked_once_and_never_again),
)  # fmt: skip
