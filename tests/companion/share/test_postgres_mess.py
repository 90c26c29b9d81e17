"""What other programs were seen to get wrong with a database: odd signs, long texts, sorting, who may belong."""

from __future__ import annotations

from contextlib import closing

import pytest

from companion.errors import CarrierError
from companion.share.postgres import address, admin
from companion.share.postgres.driver import connect
from companion.share.postgres.space import Space, look, repair
from companion.store.documents import Document
from companion.store.notebook.lines import OWNER
from tests.companion.share.conftest import Team
from tests.companion.share.devices import ADA
from tests.companion.share.test_postgres_link import settle
from tests.postgres_server import ADMIN

pytestmark = pytest.mark.kill


def test_a_nul_half_an_emoji_and_a_long_text_go_over_as_they_are_and_hold_up_nobody(team: Team) -> None:
    desk, lap = team.seat("ines"), team.seat("ken")
    settle(desk, lap)
    kanji = "読" * 2667
    texts = ["a\u0000b", "half \ud83d of it", kanji, "the last"]
    lines = desk.notebook.shared.lines
    for place, text in enumerate(texts):  # as an older version, or an import, may have told them
        line: Document = {"kind": "note", "pid": f"300000{place}", "op": f"op-{place}", "at": 5, "viewer": ADA}
        with desk.notebook.batch():
            lines.tell({**line, "body": {"text": text}})
    settle(desk, lap)
    assert [lap.text(f"300000{place}") for place in range(2, 4)] == texts[2:]
    device = desk.notebook.shared.device
    assert device is not None
    assert lap.notebook.shared.lines.have() == {device.id: device.n}
    lap.note("an answer", "3000003", at=9)
    settle(lap, desk)
    assert lap.text("3000003") == "an answer"


def test_the_server_parses_no_line_and_sorts_by_bytes_alone(guarded: Team) -> None:
    kinds = guarded.admin.rows(
        "select distinct data_type from information_schema.columns where table_schema = 'mutuals'"
        " and column_name in ('line', 'body', 'op', 'chain', 'person', 'other', 'whom', 'act', 'salt', 'proof')"
    )
    assert kinds == [("bytea",)], "jsonb and text change or refuse what they are given"
    keys = guarded.admin.rows(
        "select distinct c.collation_name from information_schema.key_column_usage k join information_schema.columns c"
        " using (table_schema, table_name, column_name) where k.table_schema = 'mutuals' and c.data_type = 'text'"
    )
    assert keys == [("C",)], "an upgrade of the system may sort words anew"


def test_a_login_that_no_rule_would_bind_is_no_member(guarded: Team) -> None:
    desk = guarded.seat("ines")
    desk.meet()
    space = Space(str(guarded.admin.rows("select id from mutuals.space")[0][0]), OWNER, True, None, b"", b"")
    with pytest.raises(CarrierError, match="no rule would bind it"):
        admin.admit(guarded.admin, space, ADMIN, "member")


def test_a_server_that_mixes_up_or_empties_lines_is_found_out_and_the_other_lines_count(guarded: Team) -> None:
    desk, lap = guarded.seat("ines"), guarded.seat("ken")
    settle(desk, lap)
    for place in range(4):
        desk.note(f"note {place}", f"300000{place}")
    settle(desk)
    change = "alter table mutuals.line disable trigger user; {} alter table mutuals.line enable trigger user;"
    mixed = "update mutuals.line set line = (select line from mutuals.line where n = 3 limit 1) where n = 2;"
    emptied = "update mutuals.line set line = null, person = null where n = 4;"
    guarded.admin.script(change.format(mixed + emptied))
    for _ in range(2):
        told = " ".join(lap.meet().notices)
        assert "1 line(s) of" in told
        assert "do not open" in told
        assert "came empty although nobody was forgotten" in told
    assert [lap.text(f"300000{place}") for place in range(4)] == [None, "note 1", None, "note 3"]
    with closing(connect(address.read(desk.place))) as session:
        repair(session, look(session))
    settle(desk, lap, desk)
    assert desk.view() == lap.view()
    assert lap.meeting.notices == []
    assert lap.text("3000002") == "note 2", "nothing that any machine holds is lost"
