"""The list of pictures of a large gallery, beside programs that scroll a file."""
import os, re, statistics, subprocess, time

from . import gallery
from .figures import median, row
from .screen import ROWS, Screen
from .studio import first_frame

# F5 goes to the list; the others are what xterm sends for the keys.
LIST, DOWN, NEXT, FIRST, LAST = b"\x1b[15~", b"\x1b[B", b"\x1b[6~", b"\x1b[H", b"\x1b[F"
# Where the preview is, from 1; the rows above and below it go over the whole width.
PREVIEW_COLUMN, PREVIEW_ROWS = 61, range(2, ROWS - 1)
TOKEN = re.compile(rb"\x1b\[[?>]?([\d;]*)[ -/]*([@-~])|\x1b\].*?(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]|[\x00-\x1f]|"
                   rb"[\xc0-\xff][\x80-\xbf]*|[^\x1b]", re.S)

def full_frame(argv, environment, mark):
    """Milliseconds from start until a text is on the screen, with the bytes right behind it; the preview comes later."""
    screen = Screen(argv, environment)
    data, end = b"", time.monotonic() + 5
    while mark not in data and time.monotonic() < end:
        for last, chunk in screen.chunks(0.0005):
            data += chunk
    screen.end()
    assert mark in data, data[-200:]
    return (last - screen.started) * 1000


def text_of(data):
    """How many bytes write outside of the preview, and where the last of them ends. What sets colours and moves the
    cursor belongs to what is written next."""
    row, column, waiting, count, end = 1, PREVIEW_COLUMN, 0, 0, 0
    for found in TOKEN.finditer(data):
        token, waiting = found[0], waiting + len(found[0])
        numbers = [int(number or 1) for number in (found[1] or b"").split(b";")] + [1]
        writes = (found[2] or b"") in (b"X", b"K", b"J", b"b") or found[2] is None and token[0] >= 0x20
        if writes:
            if column < PREVIEW_COLUMN or row not in PREVIEW_ROWS:
                count, end = count + waiting, found.end()
            waiting = 0
        if found[2] in (None, b"b"):
            if token == b"\r":
                column = 1
            elif token == b"\b":
                column -= 1
            elif token == b"\n":
                row += 1
            elif writes:
                column += numbers[0] if found[2] else 1
        elif found[2] in b"Hf":
            row, column = numbers[0], numbers[1]
        elif found[2] == b"G":
            column = numbers[0]
        elif found[2] == b"d":
            row = numbers[0]
        elif found[2] == b"C":
            column += numbers[0]
        elif found[2] == b"D":
            column -= numbers[0]
    return count, end


def presses(screen, key, count, pause=0.15, is_ours=True):
    """For each press the milliseconds to the last byte of the text it brings, and how many bytes; of ours without
    those of the preview. `pause` lets that pass."""
    times, sizes = [], []
    for _ in range(count):
        start = time.monotonic()
        screen.write(key)
        chunks = list(screen.chunks(0.012))
        data = b"".join(chunk for _, chunk in chunks)
        size, end = text_of(data) if is_ours else (len(data), len(data))
        arrived = 0
        for last, chunk in chunks:
            arrived += len(chunk)
            if arrived >= end:
                break
        times.append(((last if chunks else start) - start) * 1000)
        sizes.append(size)
        screen.read(pause)
    return times, sizes


def compare(name, ours, peers):
    """Rows of the median time, and of the median, mean and most bytes."""
    row(name, median(ours[0]), "ms", [(peer, median(theirs[0])) for peer, theirs in peers])
    row("  bytes", median(ours[1]), "bytes", [(peer, median(theirs[1])) for peer, theirs in peers])
    print(f"  in the mean {statistics.mean(ours[0]):.2f} ms and {statistics.mean(ours[1]):.0f} bytes, at most "
          f"{max(ours[0]):.2f} ms and {max(ours[1])} bytes", flush=True)


def measure(darkroom, environment, scratch, counts=(100_000, 1_000_000)):
    empty, text = os.path.join(scratch, "empty.txt"), os.path.join(scratch, "lines.txt")
    open(empty, "w").close()
    with open(text, "w") as file:
        file.writelines(f"12:00 {gallery.job(number)}-1 a red lantern in fog {number}\n" for number in range(1_000_000))
    vim = ["vim", "-u", "NONE"]
    fronts = [(0, [darkroom, "--gallery", os.path.join(scratch, "none")], b"No pictures yet")]
    for count in counts:
        directory = gallery.cached(darkroom, environment, count)
        fronts.append((count, [darkroom, "--gallery", directory], gallery.job(2).encode() + b"-1"))
    # The services are there: one that starts would be measured with whatever comes next.
    holders = [Screen(front, environment) for _, front, _ in fronts]
    for holder in holders:
        holder.read(1.5)
    frames = {count: [] for count, _, _ in fronts}
    first, theirs = {count: [] for count, _, _ in fronts}, []
    for _ in range(15):
        theirs.append(first_frame(vim + [empty], environment))
        for count, front, mark in fronts:
            first[count].append(first_frame(front, environment))
            frames[count].append(full_frame(front, environment, mark))
    for holder in holders:
        holder.end()
    for count, _, _ in fronts:
        row(f"start with {count} pictures", median(first[count]), "ms", [("vim -u NONE", median(theirs))])
        row("  until the list is there", median(frames[count]), "ms", [("vim -u NONE", median(theirs))])
    for count, front, _ in fronts[1:]:
        screen = Screen(front, environment)
        peers = [("vim -u NONE", Screen(vim + [text], environment)), ("less", Screen(["less", text], environment))]
        screen.read(1.0)
        for _, peer in peers:
            peer.read(0.5)
        screen.write(LIST)
        screen.read(0.5)
        for name, key in (("a step", DOWN), ("a page", NEXT)):
            compare(f"{name} among {count}", presses(screen, key, 60),
                    [(peer, presses(other, key, 30, 0.02, is_ours=False)) for peer, other in peers])
        for name, key in (("the end", LAST), ("the beginning", FIRST)):
            times, sizes = zip(*(tuple(value[0] for value in presses(screen, one, 1, 0.3))
                                 for one in (key, FIRST if key == LAST else LAST) * 5))
            row(f"{name} of {count}", median(times[::2]), "ms")
        for other in [screen] + [peer for _, peer in peers]:
            other.end()
    for _, front, _ in fronts:
        subprocess.run([darkroom, "service", "--stop", *front[1:]], env=environment, check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
