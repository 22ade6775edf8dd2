"""Previews: out of the cache on the disk, and made by the decoder, beside djpeg."""
import os, pathlib, socket, struct, subprocess, time

from .figures import median, row
from .screen import Screen

PICTURES = 30  # more than the front end holds in memory


class Decoder:
    """`darkroom decode --serve`, asked as the front end asks it (DecodeWire.swift)."""

    def __init__(self, darkroom, environment):
        self.socket, theirs = socket.socketpair()
        self.process = subprocess.Popen([darkroom, "decode", "--serve"], stdin=theirs, env=environment,
                                        stdout=subprocess.DEVNULL)
        theirs.close()
        self.generation = 0

    def decode(self, path, columns=80, rows=40):
        """Milliseconds until all cells are there."""
        self.generation += 1
        start = time.monotonic()
        with open(path, "rb") as file:
            request = struct.pack("<QHHBBxx", self.generation, columns, rows, 1, 0)
            socket.send_fds(self.socket, [request], [file.fileno()])
        length = struct.unpack("<I", self.receive(4))[0]
        reply = self.receive(length)
        assert struct.unpack_from("<QB", reply) == (self.generation, 0), reply[:300]
        return (time.monotonic() - start) * 1000

    def receive(self, count):
        data = b""
        while len(data) < count:
            piece = self.socket.recv(count - len(data))
            assert piece, "the decoder has ended"
            data += piece
        return data

    def end(self):
        self.socket.close()
        self.process.wait()


def step(screen, key):
    """Milliseconds from a key to the last byte of what it changes."""
    start = time.monotonic()
    screen.write(key)
    _, last = screen.read(0.15)
    return ((last or start) - start) * 1000


def generate(darkroom, environment, gallery, *options):
    subprocess.run([darkroom, "generate", "--provider", "sandbox", "--gallery", gallery, *options, "a red lantern"],
                   env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def measure(darkroom, environment, scratch):
    gallery, large = os.path.join(scratch, "gallery"), os.path.join(scratch, "large")
    for side in ("4096x4096", "2048x2048"):
        generate(darkroom, environment, large, "--size", side)
    decoder = Decoder(darkroom, environment)
    pictures = sorted(pathlib.Path(large).glob("*/*.jpg"), key=lambda path: -path.stat().st_size)
    for path, name in zip(pictures, ("4096²", "2048²")):
        ours, theirs = [], []
        for turn in range(12):
            one = decoder.decode(path)
            start = time.monotonic()
            subprocess.run(["djpeg", "-scale", "1/8", path], stdout=subprocess.DEVNULL, check=True)
            if turn > 0:
                ours.append(one)
                theirs.append((time.monotonic() - start) * 1000)
        row(f"a first preview of {name}, 80x40", median(ours), "ms", [("djpeg -scale 1/8", median(theirs))])
    decoder.end()

    for _ in range(PICTURES // 15):
        generate(darkroom, environment, gallery, "-n", "15", "--size", "960x960", "--model", "seedream-4.0")
    screen = Screen([darkroom, "--gallery", gallery], environment)
    screen.read(1.0)
    screen.write(b"\x1b4")
    screen.read(0.5)
    first = [step(screen, b"\x1b[B") for _ in range(PICTURES - 1)]
    for _ in range(PICTURES):
        screen.write(b"\x1b[A")
        screen.read(0.15)
    cached = [step(screen, b"\x1b[B") for _ in range(PICTURES - 1)]
    screen.end()
    row("a first preview, from the key on", median(first), "ms")
    row("a preview from the disk's cache", median(cached), "ms")
    row("a preview from the cache, at most", max(cached), "ms")
    for folder in (gallery, large):
        subprocess.run([darkroom, "service", "--stop", "--gallery", folder], env=environment, check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
