"""The invented people of the sample: who they are, how often either side wrote, and what the user wrote about them.

Their handles are longer than X gives out (15 characters), and their ids larger than any of X's, so that nobody real can
be meant by them.
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST_ID = 99_999_999_999_999_900_000
"""Ids count up from here; X's are 64 bits wide at most."""
YOU, YOUR_HANDLE, YOUR_NAME = str(FIRST_ID), "you_in_the_sample", "You, in the sample"


@dataclass(frozen=True, slots=True)
class Invented:
    """One person.

    Attributes:
        name, handle, bio: of the profile.
        they, you: days in ten weeks on which that side wrote.
        quiet: days since the last of them.
        follows_you, you_follow: who follows whom.
        asks: words of theirs that wait for an answer; "" for none.
        note, tags, circle, roles: what the user wrote.
        step: the user's next step; "" for none.
        call: what the user wrote about a call; "" for none.
    """

    name: str
    handle: str
    bio: str
    they: int = 0
    you: int = 0
    quiet: int = 2
    follows_you: bool = True
    you_follow: bool = True
    asks: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    circle: str = ""
    roles: tuple[str, ...] = ()
    step: str = ""
    call: str = ""


PEOPLE = (
    Invented(
        "Maren Okoye", "maren_okoye_sample", "Letterpress and small editions. Slow mail welcome.", 26, 24, 1,
        note="Met at the print fair. Wants to set the cover in wood type.", tags=("printer",), circle="watchlist",
        roles=("partner",), step="Send her the proofs", call="Talked about paper for the spring edition",
    ),
    Invented(
        "Tomás Rivel", "tomas_rivel_sample", "Traduzco novelas cortas. Lisboa.", 18, 20, 3,
        asks="Did you ever find that essay on translating titles?", note="Translator. Answers within a day, likes long "
        "questions.", tags=("translator", "#sampleclub"), circle="say-things",
    ),
    Invented(
        "小池あおい", "koike_aoi_in_sample", "本と紙と、雨の日の散歩。", 14, 11, 5,
        note="Book designer. Sent me to Maren.", tags=("designer",), circle="watchlist", roles=("referrer",),
    ),
    Invented(
        "Ngozi Hale", "ngozi_hale_in_sample", "Runs a reading room in a former bakery.", 9, 12, 4,
        note="Would host a reading in March.", tags=("venue",), step="Ask about a date in March",
    ),
    Invented(
        "Piet Lindqvist", "piet_lind_in_sample", "Cartographer of places that are not there.", 8, 6, 40,
        note="Used to talk every week, until summer.", tags=("maps",),
    ),
    Invented("Salma Idris", "salma_idris_sample", "أكتب عن المدن والحدائق.", 6, 5, 6, tags=("gardens",)),
    Invented("Bea Thornton", "bea_thornton_sample", "Essays about tools. Mends things.", 2, 7, 8, note="A quiet one."),
    Invented("Ilse Brandt", "ilse_brandt_sample", "Riso, Siebdruck, Kaffee.", 4, 1, 9, you_follow=False),
    Invented(
        "Corvin Ash", "corvin_ash_in_sample", "Twelve threads a day on growth.", 0, 5, 12, follows_you=False,
        note="I write, nothing comes back.",
    ),
    Invented("Hanna Voss", "hanna_voss_in_sample", "New here. Poems, mostly short.", 0, 0, 2, you_follow=False),
    Invented("Deniz Arman", "deniz_arman_sample", "Bookshop on the ferry pier.", 0, 0, 3, you_follow=False),
)  # fmt: skip
"""The people, the closest first; each has an id after the user's own, in this order."""
