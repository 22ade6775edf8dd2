"""How often each ending of a request reaches the provider: a scripted provider on loopback, the real libraries
and curl with their own retry settings, the gateway between them, plain and with --record.

A provider counts one picture for every request that it does not refuse. More than one may reach it only where
nothing can have been generated: at the endings that are marked so.
"""

import collections
import concurrent.futures
import http.server
import json
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
import zlib

from openai import OpenAI
from volcenginesdkarkruntime import Ark

MODEL = "seedream-4-0-250828"
KEY = "the-key-of-the-provider"
LATE = 4


def error(code, message="words"):
    return json.dumps({"error": {"code": code, "message": message, "param": "", "type": ""}})


PAGE = "<html><h1>Sorry</h1></html>"
FILTERED = "OutputImageSensitiveContentDetected"


class Ending:
    """How the provider ends a request. `free`: nothing was generated, so that more than one may reach it."""

    def __init__(self, name, status=200, body="", free=False, headers=None, act=None, poll=None, patience=60, wait=0):
        self.name, self.status, self.body, self.free = name, status, body, free
        self.headers, self.act, self.poll = headers or {}, act, poll
        self.patience, self.wait = patience, wait


def statuses():
    for status in (400, 401, 403, 404, 408, 409, 422, 425, 499):
        yield Ending(f"{status} json", status, error("some_code"))
    yield Ending("429 json", 429, error("ModelAccountIpmRateLimitExceeded"), free=True, headers={"Retry-After": "121"})
    yield Ending("429 quota", 429, error("SetLimitExceeded"), free=True)
    yield Ending("500 vendor", 500, error("InternalServiceError"), free=True)
    yield Ending("503 vendor", 503, error("ServerOverloaded"), free=True, headers={"Retry-After": "121"})
    for status in (500, 501, 502, 503, 504, 520, 522, 524, 529, 530, 599):
        yield Ending(f"{status} json", status, error("bad_response_status_code"))
        yield Ending(f"{status} html", status, PAGE)
    for status in (502, 504, 524):
        yield Ending(f"{status} vendor", status, error("InternalServiceError"))
    yield Ending("500 fastapi", 500, json.dumps({"detail": "request failed with status code 502: <html>"}))
    yield Ending("500 sentence", 500, json.dumps({"error": "An unexpected error occurred"}))
    yield Ending("302", 302, "", headers={"Location": "/elsewhere"})
    yield Ending("303", 303, "", headers={"Location": "/elsewhere"})
    yield Ending("600", 600, error("x"))


def inside():
    yield Ending("200 error", 200, error("some_code"))
    yield Ending("200 vendor error", 200, error("InternalServiceError"), free=False)
    yield Ending("200 busy", 200, error("ServerOverloaded"))
    yield Ending("200 filtered", 200, error(FILTERED))
    yield Ending("200 filtered, data", 200, json.dumps({"model": "m", "data": [], "error": {"code": FILTERED, "message": "no"}}))
    yield Ending("200 html", 200, PAGE)
    yield Ending("200 empty", 200, "")
    yield Ending("200 no data", 200, json.dumps({"model": "m", "created": 1, "data": []}))
    yield Ending("200 half json", 200, '{"model":"m","data":[{"url":"ht')


def lines():
    yield Ending("reset, no answer", act="reset")
    yield Ending("closed, no answer", act="close")
    yield Ending("reset in the head", act="reset-head")
    yield Ending("cut body", act="cut")
    yield Ending("no http", act="nonsense")
    yield Ending("cut stream", act="cut-stream")
    yield Ending("error in stream", act="error-stream")
    yield Ending("client's own limit", act="picture", wait=LATE, patience=1)
    yield Ending("a picture", act="picture")


def polls():
    for name, poll in (
        ("reset", "reset"), ("closed", "close"), ("cut", "cut"), ("500", (500, "{}")), ("502 html", (502, PAGE)),
        ("401", (401, '{"error":"no key"}')), ("404", (404, "")), ("429", (429, '{"error":"slow"}')),
        ("html", (200, PAGE)), ("bad json", (200, '{"status":"proc')), ("error in 200", (200, '{"error":"busy"}')),
    ):  # fmt: skip
        yield Ending(f"poll {name}", poll=poll)
    yield Ending("poll says failed", poll=(200, json.dumps({"status": "failed", "message": "no"})))


def picture(side):
    """A PNG of one colour."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes((90, 60, 200)) * side) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Provider(http.server.ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 256

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.endings, self.sends, self.polled = {}, collections.Counter(), collections.Counter()
        self.lock = threading.Lock()
        self.url = "http://127.0.0.1:%d" % self.server_address[1]
        self.picture = picture(1024)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """Clients that go away are the matter of these trials."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.say(200, self.server.picture, {"Content-Type": "image/png"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        members = json.loads(body)
        server = self.server
        if self.path.endswith("getGenerationResults"):
            return self.answer_poll(members["job_set_id"])
        with server.lock:
            server.sends[members["prompt"]] += 1
        ending = server.endings[members["prompt"]]
        time.sleep(ending.wait)
        if ending.poll:
            return self.say(200, json.dumps({"job_set_id": members["prompt"].replace(" ", "_"), "status": "queued"}))
        if ending.act:
            return self.act(ending.act)
        self.say(ending.status, ending.body, ending.headers)

    def answer_poll(self, job):
        server, prompt = self.server, job.replace("_", " ")
        with server.lock:
            server.polled[prompt] += 1
            first = server.polled[prompt] == 1
        poll = server.endings[prompt].poll
        if first or "failed" in str(poll):
            return self.act(poll) if isinstance(poll, str) else self.say(*poll)
        self.say(200, json.dumps({"job_set_id": job, "status": "completed", "results": [{"url": server.url + "/1.png"}]}))

    def act(self, what):
        self.close_connection = True
        url = self.server.url + "/1.png"
        document = json.dumps({"model": "m", "created": 1, "data": [{"url": url, "size": "1024x1024"}], "usage": {"generated_images": 1}})
        event = f"event: image_generation.partial_succeeded\ndata: " + json.dumps(
            {"type": "image_generation.partial_succeeded", "image_index": 0, "url": url, "size": "1024x1024"}
        )
        if what == "picture":
            return self.say(200, document)
        if what.startswith("reset"):
            if what == "reset-head":
                self.raw("HTTP/1.1 200 OK\r\nContent-Le")
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif what == "cut":
            self.raw(f"HTTP/1.1 200 OK\r\nContent-Length: {len(document)}\r\n\r\n{document[:20]}")
        elif what == "nonsense":
            self.raw("nonsense\r\n\r\n")
        elif what in ("cut-stream", "error-stream"):
            tail = f"\n\ndata: {error('x')}\n\n" if what == "error-stream" else "\n\nevent: image_gener"
            self.raw(f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n{event}{tail}")

    def raw(self, text):
        self.wfile.write(text.encode())
        self.wfile.flush()

    def say(self, status, body, headers=None):
        body = body if isinstance(body, bytes) else body.encode()
        self.send_response(status, "X")
        for name, value in ({"Content-Type": "application/json"} | (headers or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def ask_openai(base, prompt, ending):
    client = OpenAI(base_url=base + "/v1", api_key="k", timeout=ending.patience)
    members = {"response_format": "url", "size": "1024x1024"}
    if ending.act in ("cut-stream", "error-stream"):
        members["stream"] = True
    reply = client.images.generate(model=MODEL, prompt=prompt, **members)
    return [event for event in reply] if "stream" in members else reply


def ask_ark(base, prompt, ending):
    client = Ark(base_url=base + "/api/v3", api_key="k", timeout=ending.patience)
    members = {"stream": True} if ending.act in ("cut-stream", "error-stream") else {}
    reply = client.images.generate(model=MODEL, prompt=prompt, size="1K", **members)
    return [event for event in reply] if members else reply


def ask_curl(base, prompt, ending):
    """Its retries are the person's: `--retry 2`, which heeds no header, and the statuses of its own list."""
    members = {"model": MODEL, "prompt": prompt, "size": "1K"}
    if ending.act in ("cut-stream", "error-stream"):
        members["stream"] = True
    subprocess.run(
        ["curl", "-sS", "--retry", "2", "--retry-max-time", "20", "--max-time", str(ending.patience), base + "/api/v3/images/generations",
         "-H", "Content-Type: application/json", "-d", json.dumps(members)],
        capture_output=True, timeout=240, check=False,
    )  # fmt: skip


CLIENTS = {"openai": ask_openai, "ark": ask_ark, "curl": ask_curl}


class Gateway:
    """`darkroom serve` in front of the provider; ended with what it started."""

    def __init__(self, program, folder, name, provider, dialect, *options):
        self.program, self.home = program, pathlib.Path(folder, name)
        self.environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        for part in ("CONFIG", "STATE", "CACHE"):
            self.environment[f"XDG_{part}_HOME"] = str(self.home / part.lower())
        # A socket's name must be short.
        self.runtime = tempfile.mkdtemp(prefix="dk-")
        self.environment |= {"XDG_RUNTIME_DIR": self.runtime, "DARKROOM_GALLERY": str(self.home / "g")}
        settings = self.home / "config" / "darkroom"
        settings.mkdir(parents=True)
        path = "" if dialect == "pixazo" else "/api/v3"
        (settings / "config.yaml").write_text(
            f"providers:\n  scripted:\n    dialect: {dialect}\n    base_url: {provider.url}{path}\n"
            f"    key: {KEY}\n    parallel: 64\nprovider: scripted\n"
        )
        (settings / "config.yaml").chmod(0o600)
        self.log = open(self.home / "log", "w+")
        self.process = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1:0", *options],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
        )  # fmt: skip
        deadline = time.monotonic() + 30
        while not (found := re.search(r"listens on (http://\S+)", (self.home / "log").read_text())):
            assert self.process.poll() is None and time.monotonic() < deadline, (self.home / "log").read_text()
            time.sleep(0.05)
        self.base = found[1]

    def command(self, *words):
        return subprocess.run(
            [self.program, *words], env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.command("service", "--stop")
        self.log.close()


def run(program):
    """Prints the table; how many cells there are, and what is wrong, a sentence each."""
    provider = Provider()
    faults, cells = [], {}
    plain = [*statuses(), *inside(), *lines()]
    jobs = []
    with tempfile.TemporaryDirectory(prefix="darkroom-endings-") as folder:
        gateways = {
            (dialect, mode): Gateway(program, folder, f"{dialect}-{mode}", provider, dialect, *options)
            for dialect in ("ark", "pixazo")
            for mode, options in (("plain", ()), ("--record", ("--record",)))
        }
        try:
            with concurrent.futures.ThreadPoolExecutor(24) as pool:
                for dialect, endings in (("pixazo", polls()), ("ark", plain)):
                    for ending in endings:
                        for mode in ("plain", "--record"):
                            for client, ask in CLIENTS.items():
                                prompt = f"{ending.name} {mode} {client} end".replace("_", "-")
                                provider.endings[prompt] = ending
                                base = gateways[dialect, mode].base
                                jobs.append((ending, mode, client, prompt, pool.submit(attempt, ask, base, prompt, ending)))
                for *_, job in jobs:
                    job.result()
            # What was left unanswered is drawn to its end.
            time.sleep(LATE)
        finally:
            for gateway in gateways.values():
                gateway.close()
    for ending, mode, client, prompt, _ in jobs:
        sends = provider.sends[prompt]
        cells[ending.name, mode, client] = sends
        # Whose own limit ends before the picture is there asks again: only --record can know that it does.
        may_repeat = ending.free or ending.act == "picture" and ending.patience < ending.wait and mode == "plain"
        if sends < 1 or sends > 1 and not may_repeat:
            faults.append(f"{ending.name}, {mode}, {client}: reached the provider {sends} times")
    show(cells, [*plain, *polls()])
    return len(cells), faults


def attempt(ask, base, prompt, ending):
    try:
        ask(base, prompt, ending)
    except Exception:  # noqa: BLE001 - every refusal is one; what reached the provider is what counts.
        pass


def show(cells, endings):
    columns = [(mode, client) for mode in ("plain", "--record") for client in CLIENTS]
    print(f"\n{'how often it reached the provider':34}" + "".join(f"{mode:>10}" for mode, _ in columns))
    print(f"{'':34}" + "".join(f"{client:>10}" for _, client in columns))
    for ending in endings:
        mark = " (nothing drawn)" if ending.free else ""
        row = "".join(f"{cells[ending.name, mode, client]:>10}" for mode, client in columns)
        print(f"{ending.name + mark:34}{row}", flush=True)


if __name__ == "__main__":
    import sys

    count, found = run(sys.argv[1])
    print("\n".join(["", *found]))
    print(f"endings: {count - len(found)} of {count} as they must be")
    sys.exit(1 if found else 0)
