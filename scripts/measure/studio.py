"""The front end and the command line, beside editors and djpeg."""
import os, pathlib, select, statistics, subprocess, time

from .figures import median, row
from .screen import Screen


def first_frame(argv, environment):
    """Milliseconds from start to the last byte of the first burst, which ends with 5 ms of silence."""
    screen = Screen(argv, environment)
    select.select([screen.master], [], [], 5)
    _, last = screen.read(0.005)
    result = ((last or time.monotonic()) - screen.started) * 1000
    screen.end()
    return result


def typing(argv, environment, before=b"", letters=200):
    """Median milliseconds to the last byte of a letter, and bytes a letter."""
    screen = Screen(argv, environment)
    screen.read(0.3)
    if before:
        screen.write(before)
        screen.read(0.2)
    times, count = [], []
    for index in range(letters):
        start = time.monotonic()
        screen.write(b"abcde fghij "[index % 12:index % 12 + 1])
        data, last = screen.read(0.012)
        times.append(((last or start) - start) * 1000)
        count.append(len(data))
    screen.end()
    return statistics.median(times), statistics.median(count), max(count)


def whole(argv, environment, runs=5):
    """Median milliseconds of a whole process."""
    times = []
    for _ in range(runs + 1):
        start = time.monotonic()
        subprocess.run(argv, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append((time.monotonic() - start) * 1000)
    return statistics.median(times[1:])


def measure(darkroom, environment, scratch):
    gallery = os.path.join(scratch, "gallery")
    empty = os.path.join(scratch, "empty.txt")
    pathlib.Path(empty).write_text("")
    front = [darkroom, "--gallery", gallery]
    vim, nano = ["vim", "-u", "NONE", empty], ["nano", empty]

    starts = {"darkroom": [], "vim": [], "nano": []}
    for _ in range(9):
        starts["darkroom"].append(first_frame(front, environment))
        starts["vim"].append(first_frame(vim, environment))
        starts["nano"].append(first_frame(nano, environment))
    row("start to first frame", median(starts["darkroom"]), "ms",
        [("vim -u NONE", median(starts["vim"])), ("nano", median(starts["nano"]))])

    ours, theirs, nanos = typing(front, environment), typing(vim, environment, b"i"), typing(nano, environment)
    row("a letter, to its last byte", ours[0], "ms", [("vim -u NONE", theirs[0]), ("nano", nanos[0])])
    row("a letter, bytes (median)", ours[1], "bytes", [("vim -u NONE", theirs[1]), ("nano", nanos[1])])
    row("a letter, bytes (most)", ours[2], "bytes", [("vim -u NONE", theirs[2]), ("nano", nanos[2])])

    screen = Screen(front, environment)
    screen.read(3.0)
    before = screen.switches(), screen.processor_seconds()
    data, _ = screen.read(5.0, 5.0)
    print(f"{'idle for 5 s':<34}{len(data):>9} bytes, {screen.switches() - before[0]} wake-ups, "
          f"{screen.processor_seconds() - before[1]:.2f} s of processor", flush=True)
    screen.end()

    subprocess.run([darkroom, "generate", "--provider", "sandbox", "--gallery", gallery, "--size", "2048x2048",
                    "a red lantern in fog"], env=environment, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    picture = next(pathlib.Path(gallery).glob("*/*.jpg"))
    generate = [darkroom, "generate", "--provider", "sandbox", "--gallery", gallery, "--size", "2048x2048",
                "a red lantern in fog"]
    row("generate 2048², service running", whole(generate, environment, 3), "ms",
        [("djpeg of its picture", whole(["djpeg", str(picture)], environment))])
    subprocess.run([darkroom, "service", "--stop", "--gallery", gallery], env=environment, check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
