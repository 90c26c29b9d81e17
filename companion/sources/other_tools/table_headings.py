"""Knows how people head the columns of a table of notes, in the eight languages of the extension."""

from __future__ import annotations

import re
import unicodedata

_PERSON = """
handle, handles, username, user name, usernames, user, screen name, profile, profile url, profile link, link profile,
link, url, account, accounts, account name, account link, link account, handle url, url handle, user link,
benutzername, benutzer, nutzername, nutzer, konto, profil, profil link, lien profil, nom d utilisateur,
pseudo, utilisateur, compte, lien,
nombre de usuario, usuario, cuenta, enlace, perfil, nome de usuário, usuário, conta,
ユーザー名, ユーザー, アカウント, アカウント名, プロフィール, リンク, ハンドル, ハンドルネーム, ツイッター,
사용자 이름, 사용자명, 사용자, 계정, 프로필, 링크,
اسم المستخدم, المستخدم, حساب, الحساب, رابط, تويتر,
ник, никнейм, пользователь, имя пользователя, аккаунт, твиттер, ссылка, профиль, користувач, твітер,
账号, 帳號, 账户, 用户名, 用戶名稱, 使用者名稱, 推特, 链接, 連結, nazwa użytkownika, użytkownik, konta, gebruikersnaam,
gebruiker, nome utente, utente, kullanıcı adı, kullanıcı, användarnamn, brugernavn, brukernavn, tên người dùng
"""
_NAMED = """
name, full name, display name, person, people, contact, who, social, social media, social media handle, socials,
website, nom, nombre, nome, 名前, 이름, الاسم, author, speaker, имя, 姓名, 名字, naam, imię
"""
_NOTE = """
note, notes, note s, note text, comment, comments, memo, memos, remark, remarks, how we met,
notiz, notizen, anmerkung, anmerkungen, bemerkung, bemerkungen, kommentar, kommentare,
remarque, remarques, commentaire, commentaires, nota, notas, comentario, comentarios,
observação, observações, comentário, comentários, メモ, ノート, 備考, コメント, 메모, 노트, 비고, ملاحظة, ملاحظات,
observation, observations, context, impression, impressions, thoughts, annotation, annotations,
заметка, заметки, примечание, примечания, комментарий, комментарии, нотатка, нотатки, 备注, 備註, 笔记, 筆記, 评论,
notatka, notatki, uwagi, notitie, notities, opmerking, opmerkingen, nota bene, appunti, commento, commenti,
not, notlar, anteckning, anteckningar, notat, notater, ghi chú
"""
_TAGS = """
tags, tag, tag s, labels, label, schlagwörter, schlagwort, étiquettes, étiquette, etiquetas, etiqueta, marcadores,
タグ, ラベル, 태그, 라벨, وسم, وسوم, categories, category, kategorie, kategorien, теги, тег, метки, 标签, 標籤,
etichette, tagi, etykiety, etiketler
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

_KNOWN = PERSON | NAMED | ID | MASTODON | NOTE | TAGS | ALIAS | {*TEXT, *DATE}
_OF_X = frozenset({"x", "twitter", "com", "formerly", "ex"})
_OF_THE_USER = frozenset({"my", "your", "their", "private", "personal", "own"})
_FILLERS = frozenset({"what", "is", "s", "the", "a", "an", "on", "of", "for", "to", "in", "about", "auf", "bei", "sur",
                      "en", "em", "no", "na", "в", "на", "или", "or", "and"})  # fmt: skip
"""Words between those that tell, as in "What is your Twitter handle?" of a form, or "Username on X"."""
_ELSEWHERE = frozenset(
    {"instagram", "insta", "ig", "facebook", "fb", "linkedin", "github", "mastodon", "bluesky", "bsky", "threads",
     "tiktok", "youtube", "telegram", "discord", "reddit", "email", "mail", "skype"}
)  # fmt: skip
"""Other sites: a handle there is none on X."""
_TELLING = {"handle": "handle", "handles": "handle", "username": "handle", "usernames": "handle",
            "note": "note", "notes": "note"}  # fmt: skip
"""Words that say by themselves what a column holds, whatever stands around them."""
_ASIDE = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])の|(?<=[A-Za-z])(?=[\u3040-\u9fff\uac00-\ud7af])")
"""Where one word ends and the next begins without a space: "twitterHandle", "XのID", "Xハンドル"."""


def heading(cell: str) -> str:
    """Return a heading in plain form: "Twitter_Handle", "twitterHandle", "Handle (X)" and "handle" are one.

    A heading that names X alone, or only the sign "@", is one for handles.
    """
    text = unicodedata.normalize("NFKC", cell).strip().lstrip("\ufeff").strip()
    words = _words(_ASIDE.sub(_aside, text))
    bare = [word for word in words if word not in _OF_X]
    if not bare:
        return "handle" if words or text in ("@", "＠") else ""
    plain = " ".join([word for word in bare if word not in _OF_THE_USER] or bare)
    return plain if plain in _KNOWN else _told(words, plain)


def _told(words: list[str], plain: str) -> str:
    """Return what a longer heading says, such as a question of a form; as it stands if that is nothing known."""
    left = [word for word in words if word not in _FILLERS | _OF_THE_USER | _OF_X]
    if not left and _OF_X.intersection(words):
        return "handle"
    if (short := " ".join(left)) in _KNOWN:
        return short
    found = {_TELLING[word] for word in left if word in _TELLING}
    return found.pop() if len(found) == 1 and not {"html", *_ELSEWHERE}.intersection(words) else plain


def names_x(cell: str) -> bool:
    """Return whether a heading says that its column is about X."""
    return bool(_OF_X.intersection(_words(cell)))


def _aside(found: re.Match[str]) -> str:
    """Return what stands in brackets if it is part of the heading, as in "note(s)" and "Username (Twitter)"."""
    words = _words(found[1] or found[2] or "")
    return f" {' '.join(words)} " if words == ["s"] or _OF_X.intersection(words) else " "


def _words(text: str) -> list[str]:
    return re.sub(r"[^\w]+|_", " ", _CAMEL.sub(" ", text).casefold()).split()
