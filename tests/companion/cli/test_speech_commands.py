"""Commands say in the terminal's language what they did, refused or found: German, Japanese and Arabic are asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.backup.create import back_up
from companion.cli import speech
from companion.cli.exit_codes import NOT_UNDERSTOOD
from companion.cli.options import clock
from companion.domain.dates import local_day
from companion.i18n.formats import day
from companion.machine_zone import MACHINE
from tests.companion.cli.runs import run
from tests.companion.export.folders import NOW, fill


@pytest.fixture(params=["de", "ja", "ar"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The terminal's language, as the environment names it."""
    for name in (*speech.VARIABLES, "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    code: str = request.param
    monkeypatch.setenv("MUTUALS_LANGUAGE", code)
    return code


def test_the_restore_of_a_backup_that_was_cut_off_is_refused_in_the_language(spoken: str, tmp_path: Path) -> None:
    path = back_up(fill(tmp_path / "data"), NOW, folder=tmp_path / "kept").path
    path.write_bytes(path.read_bytes()[:-40])
    words = {
        "de": ("Fehler: ", "ist keine Sicherung von Mutuals, oder sie ist abgeschnitten.", "Nichts wurde geändert."),
        "ja": ("エラー: ", "はMutualsのバックアップではないか、途中で切れています。", "何も変えていません。"),
        "ar": ("خطأ: ", "ليس نسخة احتياطية من Mutuals، أو أنه مقطوع.", "لم يتغيّر شيء."),
    }[spoken]
    done = run(tmp_path / "data", "restore", str(path))
    assert done.code == NOT_UNDERSTOOD
    assert [word for word in words if word not in done.err] == []


def test_a_restore_says_the_day_as_the_language_writes_it(spoken: str, tmp_path: Path) -> None:
    path = back_up(fill(tmp_path / "data"), NOW, folder=tmp_path / "kept").path
    done = run(tmp_path / "data", "restore", str(path))
    assert {"de": "21.09.2026", "ja": "2026/09/21", "ar": "21\u200f/09\u200f/2026"}[spoken] in done.out


def test_the_doctor_says_what_is_damaged_in_the_language(spoken: str, tmp_path: Path) -> None:
    settings = fill(tmp_path / "data")
    settings.notebook_path.write_bytes(b"{broken")
    said = {
        "de": "war beschädigt und wurde neu aufgebaut aus",
        "ja": "が壊れていたため、",
        "ar": "تالفًا وأُعيد بناؤه من",
    }[spoken]
    assert said in run(settings.data, "doctor").out


def test_sharing_is_told_in_the_language_with_its_day_and_its_device(
    spoken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUTUALS_PASSPHRASE", "four plain words here")
    none = {
        "de": "Das Notizbuch wird nicht geteilt.\n",
        "ja": "メモ帳は共有していません。\n",
        "ar": "الدفتر غير مشترك.\n",
    }[spoken]
    data, carried = fill(tmp_path / "data").data, tmp_path / "carried"
    assert run(data, "share", "status").out == none
    carried.mkdir()
    assert run(data, "share", "join", f"folder:{carried}", "--name", "desk").code == 0
    told = run(data, "share", "status").out
    words = {
        "de": ("Geteilt als „desk“ über", "Letzter Abgleich: ", "Wartet auf die Übergabe: 0."),
        "ja": ("「desk」として", "最後の同期：", "受け渡し待ち：0件。"),
        "ar": ("مشترك باسم «\u2068desk\u2069» عبر", "آخر مزامنة: ", "بانتظار التسليم: 0."),
    }[spoken]
    assert [word for word in words if word not in told] == []
    assert day(local_day(clock(), MACHINE), spoken) in told
    carried.rename(tmp_path / "elsewhere")
    problem = {"de": "Problem: ", "ja": "問題: ", "ar": "مشكلة: "}[spoken]
    assert run(data, "share", "status").err.startswith(problem)


def test_an_export_counts_in_the_language_and_refuses_a_file_that_is_there(spoken: str, tmp_path: Path) -> None:
    data = fill(tmp_path / "data").data
    whole = run(data, "export", str(tmp_path / "all.json")).out
    assert {"de": "Leute mit Notizen", "ja": "を書き出しました。", "ar": "الملف غير معمّى."}[spoken] in whole
    one = run(data, "export", "--person", "@wrenwrites", str(tmp_path / "one.csv")).out
    assert {"de": "enthält 1 Person.", "ja": "に1人を書き出しました。", "ar": "شخص واحد."}[spoken] in one
    again = run(data, "export", str(tmp_path / "one.csv")).err
    assert {"de": "gibt es schon.", "ja": "はすでにあります。", "ar": "موجود بالفعل."}[spoken] in again


def test_a_file_that_is_nothing_of_xs_is_refused_in_the_language(spoken: str, tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_text('{"data": [', encoding="utf-8")
    done = run(tmp_path / "data", "read", str(path))
    words = {"de": "Keine der Dateien ließ sich verstehen.", "ja": "どのファイルも", "ar": "لم يُفهم أي من الملفات."}
    counts = {"de": "Leute: 0, Posts: 0,", "ja": "人0、ポスト0、", "ar": "الأشخاص: 0، المنشورات: 0،"}
    assert (words[spoken] in done.err, counts[spoken] in done.out) == (True, True), done


def test_xs_api_is_spoken_of_in_the_language(spoken: str, tmp_path: Path) -> None:
    done = run(tmp_path / "data", "x-api", "cap", "1.00")
    assert {"de": "Höchstens ", "ja": "一日", "ar": "في اليوم على الأكثر."}[spoken] in done.out
    refused = run(tmp_path / "data", "x-api", "cap", "much").err
    assert {"de": "kein Betrag in Dollar", "ja": "ドルの金額ではありません", "ar": "ليس مبلغًا بالدولار"}[
        spoken
    ] in refused
