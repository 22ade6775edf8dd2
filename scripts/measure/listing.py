"""The list of pictures of a large gallery, beside editors that scroll a file."""
import os, statistics, subprocess, time

from . import gallery
from .figures import median, row
from .screen import Screen
from .studio import first_frame

# F5 goes to the list; the others are what xterm sends for the keys.
LIST, DOWN, NEXT, FIRST, LAST = b"\x1b[15~", b"\x1b[B", b"\x1b[6~", b"\x1b[H", b"\x1b[F"


def presses(screen, key, count, pause=0.2):
    """Milliseconds to the last byte of the text a key brings, and the bytes of it; what comes after `quiet` is
    the preview. `pause` lets that pass."""
    times, sizes = [], []
    for _ in range(count):
        start = time.monotonic()
        screen.write(key)
        data, last = screen.read(0.012)
        times.append(((last or start) - start) * 1000)
        sizes.append(len(data))
        screen.read(pause)
    return statistics.median(times), statistics.median(sizes)


def measure(darkroom, environment, scratch, counts=(100_000, 1_000_000)):
    empty, text = os.path.join(scratch, "empty.txt"), os.path.join(scratch, "lines.txt")
    open(empty, "w").close()
    with open(text, "w") as file:
        file.writelines(f"12:00 {number:06x}-1 a red lantern in fog {number}\n" for number in range(100_000))
    vim, vim_lines = ["vim", "-u", "NONE", empty], ["vim", "-u", "NONE", text]
    for count in counts:
        directory = str(gallery.make(darkroom, environment, os.path.join(scratch, f"gallery-{count}"), count))
        front = [darkroom, "--gallery", directory]
        ours, theirs = [], []
        for _ in range(9):
            ours.append(first_frame(front, environment))
            theirs.append(first_frame(vim, environment))
        row(f"start with {count} pictures", median(ours), "ms", [("vim -u NONE", median(theirs))])
        screen, peer = Screen(front, environment), Screen(vim_lines, environment)
        screen.read(1.0)
        peer.read(0.5)
        screen.write(LIST)
        screen.read(0.5)
        for name, key in (("a step", DOWN), ("a page", NEXT)):
            mine, other = presses(screen, key, 40), presses(peer, key, 40)
            row(f"{name} among {count}", mine[0], "ms", [("vim -u NONE", other[0])])
            row(f"{name} among {count}, bytes", mine[1], "bytes", [("vim -u NONE", other[1])])
        for name, key in (("the end", LAST), ("the beginning", FIRST)):
            mine = presses(screen, key, 1, 0.5)
            row(f"{name} of {count}", mine[0], "ms")
        screen.end()
        peer.end()
        subprocess.run([darkroom, "service", "--stop", "--gallery", directory], env=environment, check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
