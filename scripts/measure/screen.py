"""Programs in a pseudo-terminal."""
import fcntl, os, pathlib, pty, select, signal, struct, termios, time

ROWS, COLUMNS = 40, 120
# Answers a terminal like xterm gives to the questions programs ask at the start.
REPLIES = [(b"\x1b[c", b"\x1b[?62;22c"), (b"\x1b[>c", b"\x1b[>41;390;0c"), (b"\x1b[6n", b"\x1b[1;1R"),
           (b"\x1b[5n", b"\x1b[0n")]


class Screen:
    """A program in a pseudo-terminal that answers the usual questions."""

    def __init__(self, argv, environment):
        self.started = time.monotonic()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(argv[0], argv, environment)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def chunks(self, quiet, limit=10.0):
        """What comes, and when, until nothing came for `quiet` seconds."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            ready, _, _ = select.select([self.master], [], [], quiet)
            if not ready:
                break
            try:
                chunk = os.read(self.master, 65536)
            except OSError:
                break
            yield time.monotonic(), chunk
            for question, answer in REPLIES:
                if question in chunk:
                    os.write(self.master, answer)

    def read(self, quiet, limit=10.0):
        """Bytes until nothing came for `quiet` seconds, and when the last ones came."""
        data, last = b"", None
        for last, chunk in self.chunks(quiet, limit):
            data += chunk
        return data, last

    def write(self, data):
        os.write(self.master, data)

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def switches(self):
        """Times any thread went to sleep: a program that wakes for nothing adds none."""
        total = 0
        for task in pathlib.Path(f"/proc/{self.pid}/task").iterdir():
            for line in (task / "status").read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    total += int(line.split()[1])
        return total

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        for _ in range(50):
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                break
            self.read(0.02, 0.05)
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.master)
