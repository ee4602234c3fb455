"""What kind of picture a file is, and its size, by what it holds."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.web.icons import FAVICON_SIZES, TOUCH_SIZE
from search.web.images import picture_of

STATIC = Path(__file__).parents[3] / "search" / "web" / "static"

# 20 by 7 pixels of one colour, written by Chromium.
JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6j"
    "q62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk"
    "pKSkpKSkpKT/wAARCAAHABQDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QA"
    "FgEBAQEAAAAAAAAAAAAAAAAAAAIE/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AmAKZAAH/2Q=="
)
WEBP_LOSSY = b64decode(
    "UklGRjoAAABXRUJQVlA4IC4AAADQAgCdASoUAAcAPtFUo0uoJKMhsAgBABoJQBOgBaSAAP7tSRhAfOHdnnZa0EAA"
)
WEBP_LOSSLESS = b64decode("UklGRh4AAABXRUJQVlA4TBEAAAAvE4ABAAdQrSoUqv+BiOh/AAA=")
WEBP_EXTENDED = b64decode(
    "UklGRnAAAABXRUJQVlA4WAoAAAAQAAAAEwAABgAAQUxQSBkAAAABDzCAERFCISNJDML5251J+8IQ0f+g8GsBAFZQOCAwAAAA0AIAnQEq"
    "FAAHAD7RVKNLqCSjIbAIAQAaCUAToAZSgAD+7Uhsj7WlPd2edkwMQkAA"
)
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABQAAAAHCAYAAAAIy204AAAAJ0lEQVR4AeyQoQ0AAAjDyCTXofn/DzhilWtSW1H1zpGqYBL0h+IPHwAA//"
    "+IYEMDAAAABklEQVQDAOBuIgsSNFPUAAAAAElFTkSuQmCC"
)


@pytest.mark.parametrize(
    ("content", "mimetype"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (WEBP_LOSSY, "image/webp"),
        (WEBP_LOSSLESS, "image/webp"),
        (WEBP_EXTENDED, "image/webp"),
    ],
)
def test_pixels_are_counted(content: bytes, mimetype: str) -> None:
    picture = picture_of(content)

    assert picture is not None
    assert (picture.mimetype, picture.width, picture.height) == (mimetype, 20, 7)
    assert not picture.is_square


@pytest.mark.parametrize(
    ("attributes", "ratio"),
    [
        ('viewBox="0 0 300 100"', 3),
        ('viewBox="0,0,300,100" width="1" height="1"', 3),
        ('width="60" height="30px"', 2),
        ('viewBox="0 0 32 32"', 1),
    ],
)
def test_a_drawing_has_a_ratio(attributes: str, ratio: int) -> None:
    picture = picture_of(
        f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()
    )

    assert picture is not None
    assert picture.mimetype == "image/svg+xml"
    assert round(picture.width / picture.height) == ratio
    assert picture.is_square == (ratio == 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<html><svg></html>",
        b"<svg viewBox='0 0 1 1'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 0'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 nan inf'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF0000WEBPVP8 ",
        JPEG[:40],
        b"\xff\xd8\xff\xd9",
    ],
)
def test_what_is_no_whole_picture_is_none(content: bytes) -> None:
    assert picture_of(content) is None


@given(
    start=st.sampled_from([PNG[:16], JPEG[:3], WEBP_LOSSY[:16], WEBP_EXTENDED[:20], b"<svg "]),
    rest=st.binary(max_size=60),
)
def test_any_bytes_are_a_picture_or_none(start: bytes, rest: bytes) -> None:
    picture = picture_of(start + rest)

    assert picture is None or (picture.width > 0 and picture.height > 0)


def test_the_icons_that_browsers_ask_for_have_the_sizes_they_are_shown_in() -> None:
    touch = picture_of((STATIC / "apple-touch-icon.png").read_bytes())
    favicon = (STATIC / "favicon.ico").read_bytes()

    assert touch is not None
    assert (touch.width, touch.height) == (TOUCH_SIZE, TOUCH_SIZE)
    assert favicon[:4] == b"\0\0\1\0"
    pictures = []
    for entry in range(favicon[4]):
        head = favicon[6 + 16 * entry :][:16]
        size, place = int.from_bytes(head[8:12], "little"), int.from_bytes(head[12:16], "little")
        pictures.append((head[0], picture_of(favicon[place : place + size])))
    assert [size for size, _ in pictures] == list(FAVICON_SIZES)
    assert all(picture and (picture.width, picture.height) == (size, size) for size, picture in pictures)
