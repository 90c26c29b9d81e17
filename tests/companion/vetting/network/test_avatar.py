"""Pictures are fetched from X's host only and decoded within limits; hostile ones give a problem, never a crash."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from companion.store.faces import MOST_BYTES
from companion.vetting.network.avatar import hashed, look_at, same_as
from companion.vetting.network.results import PICTURE_PROBLEMS
from tests.companion.vetting.network.farm import Farm, Request, running_farm

FACE = "https://pbs.twimg.com/profile_images/1/face_normal.jpg"


@pytest.fixture
def farm() -> Iterator[Farm]:
    with running_farm() as farm:
        yield farm


def drawn(seed: int, size: int = 200) -> Image.Image:
    image = Image.new("RGB", (size, size), (240, 230, 210))
    pen = ImageDraw.Draw(image)
    for step in range(6):
        left, top = (seed * 37 + step * 53) % 120 * size // 200, (seed * 61 + step * 29) % 120 * size // 200
        wide = (40 + seed * 7 % 50) * size // 200
        pen.ellipse((left, top, left + wide, top + wide), fill=(seed * 40 % 255, step * 40, 90))
    return image


def saved(image: Image.Image, form: str = "PNG", **how: int) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def test_the_same_picture_saved_again_is_the_same_and_another_is_not() -> None:
    first = hashed(saved(drawn(1)))
    assert first.hash is not None
    known = {"bargainbarn": first.hash, "tomoreads": hashed(saved(drawn(5))).hash or ""}
    assert hashed(saved(drawn(1), "JPEG", quality=60), known).same_as == ("bargainbarn",)
    assert hashed(saved(drawn(1).resize((73, 73))), known).same_as == ("bargainbarn",)
    assert hashed(saved(drawn(9)), known).same_as == ()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_copy_that_is_kept_is_a_small_square_of_its_own(form: str) -> None:
    image = drawn(3, 400).crop((0, 0, 400, 300))
    if form == "JPEG":
        data = saved(image, form, quality=90)
    elif form == "GIF":
        out = io.BytesIO()
        image.save(out, "GIF", save_all=True, append_images=[drawn(4, 400).crop((0, 0, 400, 300))])
        data = out.getvalue()
    else:
        data = saved(image, form)
    face = hashed(data).face
    assert len(face) <= MOST_BYTES
    with Image.open(io.BytesIO(face)) as kept:
        assert (kept.format, kept.size, getattr(kept, "n_frames", 1)) == ("JPEG", (96, 96), 1)
    assert hashed(face).hash is not None


def test_noise_as_detailed_as_can_be_fits_the_limit() -> None:
    noise = Image.frombytes("RGB", (96, 96), random.Random(3).randbytes(96 * 96 * 3))
    assert 0 < len(hashed(saved(noise)).face) <= MOST_BYTES


def test_a_picture_of_one_colour_is_nobodys() -> None:
    assert hashed(saved(Image.new("RGB", (200, 200), "white"))).hash is None


def test_a_pixel_bomb_is_not_decoded() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\x00" * 1_000_000)) + chunk(b"IEND", b"")
    assert hashed(b"\x89PNG\r\n\x1a\n" + head + body).problem == "pixels"
    assert hashed(saved(Image.new("L", (2_100, 2_100)))).problem == "pixels"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_cut_off_picture_is_damaged(form: str) -> None:
    whole = saved(drawn(3), form)
    assert hashed(whole).hash is not None
    assert hashed(whole[: len(whole) // 2]).problem in ("damaged", "kind")


@pytest.mark.parametrize(
    "data", [b"", b"<svg onload=alert(1)>", b"%PDF-1.7", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"BM" + b"\0" * 60]
)
def test_what_is_no_picture_is_said_to_be_that(data: bytes) -> None:
    assert hashed(data).problem in ("kind", "damaged")


@given(st.binary(max_size=400), st.integers(0, 3_000))
def test_random_damage_never_crashes(noise: bytes, at: int) -> None:
    whole = saved(drawn(2, 60))
    found = hashed(whole[:at] + noise + whole[at + len(noise) :])
    assert found.problem is None or found.problem in PICTURE_PROBLEMS


def test_a_picture_is_fetched_from_xs_own_host(farm: Farm) -> None:
    farm.names["pbs.twimg.com"] = [["93.184.216.34"]]
    assert look_at(FACE, network=farm.network()).problem == "answer"
    assert farm.dialled == ["93.184.216.34"]


@pytest.mark.parametrize(
    "address",
    [
        "https://wren.example/face.jpg",
        "http://pbs.twimg.com/face.jpg",
        "https://pbs.twimg.com.wren.example/face.jpg",
        "https://pbs.twimg.com@wren.example/face.jpg",
        "https://pbs.twimg.com:8443/face.jpg",
        "file:///etc/passwd",
        "",
    ],
)
def test_from_anywhere_else_nothing_is_fetched(farm: Farm, address: str) -> None:
    assert look_at(address, network=farm.network()).problem == "host"
    assert farm.resolved == []


def test_a_good_picture_is_hashed_and_a_huge_one_is_not_read(farm: Farm) -> None:
    face = saved(drawn(4), "JPEG")
    farm.pages["/face.jpg"] = lambda request: request.answer("200 OK", {"Content-Type": "image/jpeg"}, face)
    farm.pages["/moved.jpg"] = lambda request: request.redirect("https://wren.example/face.jpg")

    def endless(request: Request) -> None:
        request.connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not request.ended.is_set():
            request.connection.sendall(b"x" * 65_536)

    farm.pages["/huge.jpg"] = endless
    network = farm.network()
    host = "https://pbs.twimg.com"
    assert look_at(f"{host}/face.jpg", network=network).hash == hashed(face).hash
    assert look_at(f"{host}/huge.jpg", network=network).problem == "size"
    assert look_at(f"{host}/moved.jpg", network=network).problem == "answer"
    assert look_at(f"{host}/none.jpg", network=network).problem == "answer"


def test_a_few_bits_of_difference_are_the_same_picture() -> None:
    zeros, few, many = (f"dhash:{number:032x}" for number in (0, 0xFF, 0x1FF))
    assert same_as(zeros, {"a": few, "b": many}) == ("a",)


def test_a_hash_of_another_kind_is_never_compared() -> None:
    """Hashes of earlier versions carry no kind: 64 bits that would differ little from a hash with few bits set."""
    assert same_as(f"dhash:{0:032x}", {"old": "0000000000000000", "newer": "phash2:" + "0" * 32, "none": ""}) == ()


def test_different_pictures_are_told_apart_and_each_is_found_again() -> None:
    hashes = {str(seed): hashed(saved(drawn(seed))).hash or "" for seed in range(40)}
    for seed in range(40):
        again = hashed(saved(drawn(seed).resize((96, 96)), "JPEG", quality=70), hashes).same_as
        assert str(seed) in again
        assert all(drawn(int(other)).tobytes() == drawn(seed).tobytes() for other in again if other != str(seed)), again


def seen_through(behind: tuple[int, int, int]) -> Image.Image:
    """A drawing that can be seen through round about; ``behind`` is the colour that nobody sees there."""
    image = drawn(6).convert("RGBA")
    hole = Image.new("L", image.size, 0)
    ImageDraw.Draw(hole).ellipse((40, 40, 160, 160), fill=255)
    ground = Image.new("RGBA", image.size, (*behind, 0))
    ground.paste(image, mask=hole)
    return ground


def test_what_can_be_seen_through_is_laid_on_white() -> None:
    seen = seen_through((0, 0, 0))
    on_white = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
    assert hashed(saved(seen)).hash == hashed(saved(on_white)).hash
    assert hashed(saved(seen)).hash == hashed(saved(seen_through((200, 30, 90)))).hash
    palette = on_white.quantize(8)
    corner = palette.getpixel((0, 0))
    assert isinstance(corner, int)
    assert hashed(saved(palette, transparency=corner)).hash == hashed(saved(palette)).hash
