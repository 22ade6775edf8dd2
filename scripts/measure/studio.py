"""The front end and the command line, beside editors and djpeg."""
import os, pathlib, select, statistics, subprocess, time

from .figures import median, peak_megabytes, row
from .screen import Screen


def first_frame(argv, environment):
    """Milliseconds from start to the last byte of the first burst, which ends with 5 ms of silence."""
    screen = Screen(argv, environment)
    select.select([screen.master], [], [], 5)
    _, last = screen.read(0.005)
    result = ((last or time.monotonic()) - screen.started) * 1000
    screen.end()
    return result


def typing(argv, environment, before=b"", letters=60):
    """Milliseconds to the last byte of each letter, and bytes of each."""
    screen = Screen(argv, environment)
    screen.read(0.3)
    if before:
        screen.write(before)
        screen.read(0.2)
    times, count = [], []
    for index in range(letters):
        start = time.monotonic()
        screen.write(b"abcde fghij "[index % 12:index % 12 + 1])
        select.select([screen.master], [], [], 1)
        data, last = screen.read(0.03)
        times.append(((last or start) - start) * 1000)
        count.append(len(data))
    screen.end()
    return times, count


def whole(argv, environment, runs=5):
    """Median milliseconds of a whole process."""
    times = []
    for _ in range(runs + 1):
        start = time.monotonic()
        subprocess.run(argv, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append((time.monotonic() - start) * 1000)
    return statistics.median(times[1:])


def programs(darkroom, scratch):
    """The front end, and the editors it is held against."""
    empty = os.path.join(scratch, "empty.txt")
    pathlib.Path(empty).write_text("")
    return [darkroom, "--gallery", os.path.join(scratch, "gallery")], ["vim", "-u", "NONE", empty], ["nano", empty]


def draw(darkroom, scratch):
    """Words for a command that draws a picture without a provider."""
    return [darkroom, "generate", "--provider", "sandbox", "--gallery", os.path.join(scratch, "gallery"), "--size",
            "2048x2048", "a red lantern in fog"]


def stop(darkroom, environment, scratch):
    subprocess.run([darkroom, "service", "--stop", "--gallery", os.path.join(scratch, "gallery")], env=environment,
                   check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def start(darkroom, environment, scratch):
    front, vim, nano = programs(darkroom, scratch)
    starts = {"darkroom": [], "vim": [], "nano": []}
    for _ in range(15):
        starts["darkroom"].append(first_frame(front, environment))
        starts["vim"].append(first_frame(vim, environment))
        starts["nano"].append(first_frame(nano, environment))
    row("start to first frame", median(starts["darkroom"]), "ms",
        [("vim -u NONE", median(starts["vim"])), ("nano", median(starts["nano"]))])
    row("start to first frame (least)", min(starts["darkroom"]), "ms",
        [("vim -u NONE", min(starts["vim"])), ("nano", min(starts["nano"]))])
    stop(darkroom, environment, scratch)


def letter(darkroom, environment, scratch):
    front, vim, nano = programs(darkroom, scratch)
    times, counts = ([], [], []), ([], [], [])
    # In turns: a machine that is busy for a while is so for all of them.
    for _ in range(5):
        # What an editor keeps of the file it was ended in would be asked about.
        for left in pathlib.Path(scratch).glob(".*.sw?"):
            left.unlink()
        for index, (argv, before) in enumerate([(front, b""), (vim, b"i"), (nano, b"")]):
            took, count = typing(argv, environment, before)
            times[index].extend(took)
            counts[index].extend(count)
    for name, unit, values in [("a letter, to its last byte", "ms", [median(each) for each in times]),
                               ("a letter, bytes (median)", "bytes", [median(each) for each in counts]),
                               ("a letter, bytes (most)", "bytes", [max(each) for each in counts])]:
        row(name, values[0], unit, [("vim -u NONE", values[1]), ("nano", values[2])])
    stop(darkroom, environment, scratch)


def idle(darkroom, environment, scratch):
    screen = Screen(programs(darkroom, scratch)[0], environment)
    screen.read(3.0)
    before = screen.switches(), screen.processor_seconds()
    data, _ = screen.read(5.0, 5.0)
    print(f"{'idle for 5 s':<34}{len(data):>9} bytes, {screen.switches() - before[0]} wake-ups, "
          f"{screen.processor_seconds() - before[1]:.2f} s of processor", flush=True)
    screen.end()
    stop(darkroom, environment, scratch)


def peak(argv, environment, keys):
    """Megabytes a program has had resident at most, once it was worked with."""
    screen = Screen(argv, environment)
    screen.read(2.0)
    for key in keys:
        screen.write(key)
        screen.read(0.3, 2.0)
    result = peak_megabytes(screen.pid)
    screen.end()
    return result


def memory(darkroom, environment, scratch):
    front, vim, nano = programs(darkroom, scratch)
    for _ in range(3):
        subprocess.run(draw(darkroom, scratch), env=environment, check=True, capture_output=True)
    # A letter typed, the list gone through with its previews; in the editors as many keys.
    worked = peak(front, environment, [b"a", b"\x1b2", *[b"\x1b[B"] * 3])
    row("memory of the front end (most)", worked, "MB",
        [("vim -u NONE", peak(vim, environment, [b"i", *[b"a"] * 4])), ("nano", peak(nano, environment, [b"a"] * 5))])
    stop(darkroom, environment, scratch)


def generate(darkroom, environment, scratch):
    words = draw(darkroom, scratch)
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    picture = next(pathlib.Path(scratch, "gallery").glob("*/*.jpg"))
    row("generate 2048², service running", whole(words, environment, 3), "ms",
        [("djpeg of its picture", whole(["djpeg", str(picture)], environment))])
    stop(darkroom, environment, scratch)
