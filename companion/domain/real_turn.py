"""Whether words are a turn of a talk: a bare emoji or "thanks" answers nobody (essay 2; pure)."""

from __future__ import annotations

import re

_THANKING = (
    "thanks thank thx thnx tks ty tysm tyvm cheers ta merci danke gracias obrigado obrigada valeu grazie arigato "
    "spasibo спасибо tack takk tak dank bedankt dziękuję teşekkürler kiitos شكرا شكراً ありがとう ありがとうございます "
    "ありがとうございました 谢谢 謝謝 多谢 多謝 감사합니다 고마워요 고마워 고맙습니다"
)
_THANKS = frozenset(_THANKING.split())
_POLITE = (
    "you u so very much many a lot all for the this that it again really sharing follow following rt mention mentions "
    "beaucoup mille vielen schön schon sehr muchas muchos por muito je wel tanto molte mille لك どうも"
)
_BESIDE = frozenset(_POLITE.split())
"""Words that make a thank-you no longer than it is; alone they are words like others."""
_LEFT_OUT = re.compile(r"https?://\S+|[@#＠＃]\w+|\d\ufe0f?\u20e3")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")


def is_real_turn(text: str) -> bool:
    """Return whether a text has words beside handles, tags, links, emoji and thanks; a question always has."""
    rest = _LEFT_OUT.sub(" ", text)
    words = [word.casefold() for word in _WORD.findall(rest)]
    if not words:
        return False
    if "?" in rest or "？" in rest or "؟" in rest:
        return True
    thanked = any(word in _THANKS for word in words)
    return not (thanked and all(word in _THANKS or word in _BESIDE for word in words))
