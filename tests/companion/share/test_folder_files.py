"""Files of a carried folder that are half there, copied, renamed, away, or none: nothing is lost and nothing waits."""

from __future__ import annotations

import base64
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.share import line_file, link
from companion.share.folder import listing
from companion.share.space import enter
from tests.companion.share.devices import INES, PASSPHRASE, WREN, Make, own_file, settle


def test_a_half_arrived_line_waits_and_a_damaged_one_is_named_while_the_others_count(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.meet()
    for place in range(3):
        desk.note(f"note {place}", f"300000{place}")
    desk.meet()
    file = own_file(desk)
    whole = file.read_bytes()
    file.write_bytes(whole[:-9])
    lap.meet()
    assert lap.text("3000001") == "note 1"
    assert lap.text("3000002") is None
    assert lap.meeting.notices == []
    lines = whole.split(b"\n")
    lines[-3] = lines[-3][:20] + b"AAAA" + lines[-3][24:]
    file.write_bytes(b"\n".join(lines))
    other = make("other")
    other.meet()
    assert (other.text("3000000"), other.text("3000001"), other.text("3000002")) == ("note 0", None, "note 2")
    assert "1 damaged line" in other.meeting.notices[0]
    file.write_bytes(whole)
    other.meet()
    assert other.text("3000001") == "note 1", "what arrives whole later is taken in"


@pytest.mark.parametrize(
    "name",
    [
        "{stem}.sync-conflict-20261128-140233-ABCDEFG.log",
        "{stem} (1).log",
        "{stem} (Ada's conflicted copy).log",
        "{stem} 2.log",
        "{stem}-LAPTOP.log",
        "{stem}_1.log",
        "Copy of {stem}.log",
        "{stem} - Copy.log",
        "{stem} (SFConflict ada@x.example 2026-11-28-14-02-33).log",
        "{stem}.log.bak",
        "{STEM}.LOG",
        "{stem}_Laptop_Nov-28-140233-2026_Conflict.log",
    ],
)
def test_a_copy_that_the_carrier_made_is_read_for_missing_lines_and_is_no_new_device(make: Make, name: str) -> None:
    desk, lap = make("desk"), make("lap")
    desk.note("only in the copy")
    desk.meet()
    file = own_file(desk)
    copy = file.with_name(name.format(stem=file.stem, STEM=file.stem.upper()))
    file.rename(copy)
    lap.meet()
    assert lap.text() == "only in the copy"
    assert [notice for notice in lap.meeting.notices if copy.name in notice]
    assert list(lap.meeting.devices) == ["desk"]


def test_temporary_files_and_strangers_are_left_alone(make: Make) -> None:
    desk = make("desk")
    desk.meet()
    strange = {
        ".syncthing.mutuals-0123456789abcdef.log.tmp": b"x",
        "mutuals-0123456789abcdef.log.icloud": b"",
        "a.txt": b"1",
    }
    for name, data in strange.items():
        (desk.carried / name).write_bytes(data)
    desk.note("on")
    assert desk.meet().notices == []
    assert {name: (desk.carried / name).read_bytes() for name in strange} == strange
    assert len(listing(desk.carried).own) == 1


def test_a_file_that_is_not_here_yet_holds_up_no_other_and_is_looked_at_again(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, shed, lap = make("desk"), make("shed"), make("lap")
    desk.note("online only")
    shed.note("here", INES)
    for each in (desk, shed):
        each.meet()
    away = own_file(desk)
    stream = line_file.stream

    def cloud(path: Path, *more: Any) -> Iterator[line_file.Content]:
        if path == away:
            raise OSError(errno.EIO, "the cloud file provider is not running")
        return stream(path, *more)

    with monkeypatch.context() as patch:
        patch.setattr(line_file, "stream", cloud)
        settle(lap)
        assert (lap.text(INES), lap.text()) == ("here", None)
        assert "is not here yet" in lap.meeting.notices[0]
        assert not lap.link.idle(), "a file that the cloud brings may look as it did before"
    lap.meet()
    assert (lap.text(), lap.meeting.notices) == ("online only", [])


def test_a_long_file_is_taken_in_by_parts_and_a_line_that_is_missing_in_one_comes_later(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, lap = make("desk"), make("lap")
    for place in range(10):
        desk.note(f"note {place}", f"30000{place:02}")
    desk.meet()
    whole = own_file(desk).read_bytes()
    lines = whole.split(b"\n")
    own_file(desk).write_bytes(b"\n".join([*lines[:6], lines[6][:30], *lines[7:]]))
    monkeypatch.setattr(link, "AT_ONCE", 3)
    lap.meet()
    missing = [place for place in range(10) if lap.text(f"30000{place:02}") is None]
    assert len(missing) == 1
    assert lap.meeting.notices == [f"{own_file(desk).name} has 1 damaged line(s); the others count."]
    own_file(desk).write_bytes(whole)
    lap.meet()
    assert (lap.view(), lap.meeting.notices) == (desk.view(), [])


@pytest.mark.posix
def test_what_is_no_file_is_not_waited_for(make: Make) -> None:
    desk = make("desk")
    desk.meet()
    os.mkfifo(desk.carried / "mutuals-00000000000000aa.log")
    (desk.carried / "mutuals-00000000000000ab.log").mkdir()
    (desk.carried / "mutuals-00000000000000ac.log").symlink_to("nowhere")
    desk.note("on")
    assert (desk.meet().problem, desk.meeting.notices, desk.meeting.waiting) == ("", [], 0)


def test_a_line_with_what_no_document_holds_is_named_and_stops_nothing(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.note("before", INES)
    desk.meet()
    device, seal = desk.notebook.shared.device, enter(desk.carried, PASSPHRASE, cost=2)
    assert device is not None
    strange = b'{"kind": "reminder", "op": "x", "due": NaN}', b'{"kind": "reminder", "due": 1e999}', b"7", b"{"
    with own_file(desk).open("ab") as file:
        for n, data in enumerate(strange, device.n + 1):
            file.write(b"%d %s\n" % (n, base64.b64encode(seal.close(f"{device.id}|{n}", data))))
    lap.meet()
    assert (lap.text(INES), lap.meeting.problem) == ("before", "")
    assert "4 damaged line(s)" in lap.meeting.notices[0]


def test_an_own_file_that_the_carrier_lost_or_cut_is_told_anew(make: Make) -> None:
    desk, lap = make("desk"), make("lap")
    desk.note("one")
    desk.meet()
    own_file(desk).unlink()
    desk.note("two", at=1)
    settle(desk, lap)
    assert lap.text() == "two"
    assert {version.text for version in lap.notebook.versions(WREN)} == {"one", "two"}
    file = own_file(desk)
    file.write_bytes(file.read_bytes()[:-30])
    desk.note("three", at=2)
    settle(desk, lap)
    assert lap.text() == desk.text() == "three"


def test_a_disk_that_is_full_in_the_middle_of_a_line_loses_and_doubles_nothing(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, lap = make("desk"), make("lap")
    settle(desk, lap)
    append = line_file.append

    def full(path: Path, *more: Any) -> None:
        size = path.stat().st_size
        append(path, *more)
        os.truncate(path, (size + path.stat().st_size) // 2)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    for place in range(3):
        desk.note(f"note {place}", f"300000{place}")
    with monkeypatch.context() as patch:
        patch.setattr(line_file, "append", full)
        assert os.strerror(errno.ENOSPC) in desk.meet().problem
        assert desk.meeting.waiting == 3
        lap.meet()
    settle(desk, lap)
    assert [lap.text(f"300000{place}") for place in range(3)] == ["note 0", "note 1", "note 2"]
    assert (desk.meeting.problem, desk.meeting.waiting, desk.meeting.former) == ("", 0, [])
