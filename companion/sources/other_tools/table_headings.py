"""Knows how people head the columns of a table of notes, in the eight languages of the extension."""

from __future__ import annotations

import re

_PERSON = """
handle, handles, username, user name, user, screen name, profile, profile url, profile link, link, url, account,
account name, handle url, handle link, handle or link, url handle, profile handle, user handle,
benutzername, nutzername, konto, profil, nom d utilisateur, pseudo, utilisateur, compte, lien,
nombre de usuario, usuario, cuenta, enlace, perfil, nome de usuário, usuário, conta,
ユーザー名, ユーザー, アカウント, プロフィール, リンク, 사용자 이름, 사용자명, 사용자, 계정, 프로필, 링크,
اسم المستخدم, المستخدم, حساب, الحساب, رابط
"""
_NAMED = """
name, full name, display name, person, people, contact, who, social, social media, social media handle, socials,
website, nom, nombre, nome, 名前, 이름, الاسم
"""
_NOTE = """
note, notes, note s, note text, comment, comments, memo, memos, remark, remarks, how we met,
notiz, notizen, anmerkung, anmerkungen, bemerkung, bemerkungen, kommentar, kommentare,
remarque, remarques, commentaire, commentaires, nota, notas, comentario, comentarios,
observação, observações, comentário, comentários, メモ, ノート, 備考, 메모, 노트, 비고, ملاحظة, ملاحظات
"""
_TAGS = """
tags, tag, tag s, labels, label, schlagwörter, schlagwort, étiquettes, étiquette, etiquetas, etiqueta, marcadores,
タグ, ラベル, 태그, 라벨, وسم, وسوم
"""


def _listed(names: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in names.split(","))


PERSON = _listed(_PERSON)
"""Headings of columns whose cells name a person, with or without @."""
NAMED = _listed(_NAMED)
"""Headings of columns that name a person only where a cell has an @name or a link to X."""
ID = frozenset({"id", "user id", "userid", "account id", "profile id", "numeric id"})
MASTODON = frozenset({"account address", "acct"})
NOTE = _listed(_NOTE)
TEXT = ("text", "description", "details", "about", "info")
"""Headings of a note where no column is headed so plainly; in other tools' tables they may be the bio."""
TAGS = _listed(_TAGS)
ALIAS = frozenset({"alias", "nickname", "nick name", "nick", "surnom", "apodo", "apelido", "spitzname"})
DATE = ("date", "updated", "updated at", "created", "created at", "at", "datum", "fecha", "data", "日付", "날짜")

_OF_X = frozenset({"x", "twitter", "com", "formerly", "ex"})
_OF_THE_USER = frozenset({"my", "your", "their", "private", "personal", "own"})
_ASIDE = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def heading(cell: str) -> str:
    """Return a heading in plain form: "Twitter_Handle", "twitterHandle", "Handle (X)" and "handle" are one.

    A heading that names X alone, or only the sign "@", is one for handles.
    """
    text = cell.strip().lstrip("\ufeff").strip()
    words = _words(_ASIDE.sub(_aside, text))
    bare = [word for word in words if word not in _OF_X]
    if not bare:
        return "handle" if words or text in ("@", "＠") else ""
    return " ".join([word for word in bare if word not in _OF_THE_USER] or bare)


def _aside(found: re.Match[str]) -> str:
    """Return what stands in brackets if it is part of the heading, as in "note(s)" and "Username (Twitter)"."""
    words = _words(found[1] or found[2] or "")
    return f" {' '.join(words)} " if words == ["s"] or _OF_X.intersection(words) else " "


def _words(text: str) -> list[str]:
    return re.sub(r"[^\w]+|_", " ", _CAMEL.sub(" ", text).casefold()).split()
