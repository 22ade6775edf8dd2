"""Reads the pictures that came: whole, of the format and of the size that were asked for."""

import base64

import requests

SECONDS = 60


def check(item, size, kind="jpeg"):
    if item.get("b64_json"):
        assert not item.get("url"), "both a link and the picture"
        picture = base64.b64decode(item["b64_json"], validate=True)
    else:
        picture = fetch(item["url"], kind)
    found, sides = measure(picture)
    came = "%dx%d" % sides
    assert (found, came) == (kind, size), f"{kind} of {size} was asked for, {found} of {came} came"
    said = item.get("size", size)
    assert said == size, f"a picture of {size} is said to be one of {said}"


def fetch(url, kind):
    response = requests.get(url, timeout=SECONDS)
    response.raise_for_status()
    assert response.headers["Content-Type"] == f"image/{kind}", response.headers["Content-Type"]
    part = requests.get(url, headers={"Range": "bytes=-2"}, timeout=SECONDS)
    assert part.status_code == 206 and part.content == response.content[-2:], "no part of it"
    return response.content


def measure(picture):
    """Format, and width and height."""
    if picture[:8] == b"\x89PNG\r\n\x1a\n":
        assert picture[-8:-4] == b"IEND", "no whole PNG"
        width, height = (int.from_bytes(picture[start : start + 4], "big") for start in (16, 20))
        return "png", (width, height)
    assert picture[:2] == b"\xff\xd8" and picture[-2:] == b"\xff\xd9", "no whole picture"
    place = 2
    while not (0xC0 <= picture[place + 1] <= 0xC3):
        place += 2 + int.from_bytes(picture[place + 2 : place + 4], "big")
    height, width = (int.from_bytes(picture[place + start : place + start + 2], "big") for start in (5, 7))
    return "jpeg", (width, height)
