"""Starts two gateways with the sandbox behind them, one for everybody and one for those who have a key, has
the clients, the printed examples and schemathesis try them, and prints what came of it. See `run`.
"""

import concurrent.futures
import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

import endings
import pictures
import printed
from clients import CASES, CLIENTS, REFUSALS, SIZE

KEY = "the-key-of-interop"
HERE = pathlib.Path(__file__).parent


@contextlib.contextmanager
def gateway(program, home, *options):
    """A gateway of its own home; its address."""
    environment = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        # What a request that names no model is drawn by, if not by the provider's own: it draws small pictures.
        "SEEDREAM_MODEL_ID": "seedream-4-0-250828",
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = "127.0.0.1:%d" % free.getsockname()[1]
    command = [program, "serve", "--provider", "sandbox", "--listen", address, *options]
    with open(home / "log", "w+") as log:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stderr=log)
        try:
            deadline = time.monotonic() + 30
            while "listens on" not in (home / "log").read_text():
                assert process.poll() is None and time.monotonic() < deadline, (home / "log").read_text()
                time.sleep(0.02)
            yield "http://" + address
            assert process.poll() is None, "the gateway has ended:\n" + (home / "log").read_text()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
    assert process.returncode == 0, f"the gateway ended with {process.returncode}"


class Tally:
    """How many attempts there were, and what went wrong."""

    def __init__(self):
        self.count, self.failures = 0, []

    def attempts(self, work, clients):
        """Two at a time; `work` gives each a label and, where the client has words for it, what to do."""
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda client: self.attempt(*work(client)), clients))

    def attempt(self, label, work):
        if not work:
            return "-"
        self.count += 1
        try:
            work()
            return "ok"
        except Exception as error:
            self.failures.append(f"{label}: {type(error).__name__}: {error}")
            return "FAILED"


def draw(client, case, stream, inline):
    items, counted = client.ask(case, stream, inline)
    assert len(items) == case.pictures, f"{len(items)} pictures of {case.pictures}"
    assert counted == case.pictures, f"usage counts {counted} of {case.pictures}"
    for item in items:
        pictures.check(item, SIZE)


def refuse(client, kind):
    members, expected = client.refusals[kind]
    found = client.refusal(members, "another-key" if kind == "key" else KEY)
    assert found == expected, f"{expected} was expected, {found} came"


def row(head, cells):
    print(f"{head:33}" + "".join(f"{cell:>14}" for cell in cells), flush=True)


def use_cases(base, tally):
    clients = [client(base, KEY) for client in CLIENTS]
    row("", [client.name for client in clients])
    row("", [client.door for client in clients])
    for case in CASES:
        for stream, inline in ((False, False), (True, False), (False, True), (True, True)):
            mode = ("streamed" if stream else "plain") + (", b64_json" if inline else ", url")

            def drawing(client):
                label = f"{client.name} at {client.door}, {case.name}, {mode}"
                return label, (client.streams or not stream) and (lambda: draw(client, case, stream, inline))

            row(f"{case.name:15}{mode}", tally.attempts(drawing, clients))
    for kind in REFUSALS:

        def refusing(client):
            label = f"{client.name} at {client.door}, refused {kind}"
            return label, kind in client.refusals and (lambda: refuse(client, kind))

        row(f"refused {kind}", tally.attempts(refusing, clients))


def examples(base, tally):
    print()
    for name in printed.EXPECTED:
        print(f"{'as printed: ' + name:33}{tally.attempt(name, lambda: printed.run(name, base)):>14}", flush=True)


def description(base, home, options):
    """Has schemathesis try what the gateway says about itself; true when it finds nothing."""
    print(flush=True)
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", HERE / "schemathesis.toml"]
    command += ["run", base + "/openapi.json", "--checks", "all", "-H", f"Authorization: Bearer {KEY}", *options]
    environment = os.environ | {"PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=home, env=environment).returncode == 0


def main(program, *options):
    started = time.monotonic()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="darkroom-interop-") as folder:
        homes = [pathlib.Path(folder, name) for name in ("open", "keyed", "schemathesis")]
        for home in homes:
            home.mkdir()
        keys = pathlib.Path(folder, "keys")
        keys.touch(mode=0o600)
        keys.write_text(KEY + "\n")
        with gateway(program, homes[0]) as everybody, gateway(
            program, homes[1], "--require-key-file", str(keys)
        ) as keyed:
            use_cases(keyed, tally)
            examples(everybody, tally)
            is_true = description(keyed, homes[2], options)
    cells, wrong = endings.run(program)
    tally.count += cells
    tally.failures += wrong
    print("\n".join(["", *tally.failures]), file=sys.stderr)
    print(
        f"interop: {tally.count - len(tally.failures)} of {tally.count} as expected, {cells} of them endings "
        "that reach the provider once, or again where nothing was drawn; the description "
        + ("is true" if is_true else "IS NOT TRUE")
        + f", {time.monotonic() - started:.0f} s"
    )
    return 1 if tally.failures or not is_true else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
