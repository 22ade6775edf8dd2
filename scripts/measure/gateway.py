"""Requests a second through the gateway, beside nginx and FastAPI in front of the same provider."""
import contextlib, http.client, json, os, pathlib, re, subprocess, sys

from .figures import median, row
from .servers import child, darkroom_serve, free_port, nginx

HERE = pathlib.Path(__file__).parent
PYTHON = HERE.parent.parent / ".build/bench"
CONNECTIONS, SECONDS, ROUNDS = 64, 3, 7
LEAST_OF_NGINX, LEAST_OF_FASTAPI = 0.3, 20

# What the vendor answers to a request for one picture, by its length and its members.
URL = ("https://ark-content-generation-v2-ap-southeast-1.tos-ap-southeast-1.volces.com/seedream-4-5/"
       "021768518000000000000000000000000000000000000000000000_0.jpeg?X-Tos-Algorithm=TOS4-HMAC-SHA256"
       "&X-Tos-Date=20260115T230000Z&X-Tos-Expires=86400&X-Tos-Signature=" + "0a" * 32 + "&X-Tos-SignedHeaders=host")
REPLY = json.dumps({
    "model": "seedream-4-5-251128", "created": 1768518000, "data": [{"url": URL, "size": "2048x2048"}],
    "usage": {"generated_images": 1, "output_tokens": 16384, "total_tokens": 16384}}, separators=(",", ":"))
BODY = re.search(r"wrk\.body = \[\[(.*?)\]\]", (HERE / "generate.lua").read_text())[1]


def measure(darkroom, environment, scratch):
    """All of them running at the same time, loaded in turn. Each writes its access log to a file."""
    python = fastapi()
    with contextlib.ExitStack() as stack:
        enter = stack.enter_context
        stub = enter(nginx(scratch, "stub", f"default_type application/json; return 200 '{REPLY}';"))
        address = f"http://127.0.0.1:{stub}/api/v3"
        plain = enter(nginx(scratch, "plain", f"proxy_pass http://127.0.0.1:{stub};", log=f"{scratch}/plain.access"))
        kept = enter(nginx(scratch, "kept", 'proxy_pass http://stub; proxy_http_version 1.1; '
                           'proxy_set_header Connection "";', log=f"{scratch}/kept.access",
                           upstream=f"upstream stub {{ server 127.0.0.1:{stub}; keepalive {CONNECTIONS}; }}"))
        # As uvicorn comes, and with what its extra "standard" adds.
        fast, faster = free_port(), free_port()
        for port, options in (fast, ["asyncio", "--http", "h11"]), (faster, ["uvloop", "--http", "httptools"]):
            argv = [python, "-m", "uvicorn", "--port", str(port), "--app-dir", HERE, "fastapi_gateway:app", "--loop"]
            enter(child(argv + options, port,
                        environment | {"ARK_API_KEY": "a-key-of-the-bench", "ARK_BASE_URL": address},
                        f"{scratch}/fastapi-{port}.said"))
        process, ours = enter(darkroom_serve(darkroom, address, environment, scratch))
        found = {port: [] for port in (plain, kept, fast, faster, ours)}
        for port in found:
            load(port, 1)
        spent = 0.0
        for _ in range(ROUNDS):
            for port in found:
                before = processor_seconds(process.pid)
                found[port].append(load(port, SECONDS))
                if port == ours:
                    spent += processor_seconds(process.pid) - before

    rates = {port: [rate for rate, _, _ in rounds] for port, rounds in found.items()}

    def ratio(port):
        return median(one / other for one, other in zip(rates[ours], rates[port]))

    print(f"POST /byteplus-generate, {CONNECTIONS} at once, median of {ROUNDS} rounds in turn", flush=True)
    for name, port in [("darkroom serve", ours), ("nginx proxy_pass", plain), ("nginx, kept connections", kept),
                       ("FastAPI, uvicorn, httpx", fast), ("the same with uvloop, httptools", faster)]:
        middle, late = (median(numbers) for numbers in list(zip(*found[port]))[1:])
        beside = "" if port == ours else f"  darkroom is {ratio(port):6.2f} ×"
        print(f"  {name:<32}{median(rates[port]):>9.0f} /s      {middle:7.2f} ms, {late:7.2f} at 99 of 100{beside}",
              flush=True)
    print(f"  asked for: {LEAST_OF_NGINX} × nginx proxy_pass, {LEAST_OF_FASTAPI} × FastAPI, uvicorn, httpx", flush=True)
    row("  processor time a request", spent / (sum(rates[ours]) * SECONDS) * 1e6, "µs")


def fastapi():
    """The Python that has the peer's libraries, in the versions of requirements.txt."""
    if not (PYTHON / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", PYTHON], check=True)
        subprocess.run([PYTHON / "bin/pip", "install", "-q", "-r", HERE / "requirements.txt"], check=True)
        (PYTHON / "installed").touch()
    return PYTHON / "bin/python"


def load(port, seconds):
    """Requests a second, and milliseconds at the median and at 99 of 100."""
    length = one_reply(port)
    argv = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "20s", "-s", str(HERE / "generate.lua"),
            f"http://127.0.0.1:{port}/byteplus-generate"]
    out = subprocess.run(argv, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
    count, duration, received, errors, middle, late = map(int, out.split())
    # What has begun to arrive when the time is up is counted as well.
    if errors or not 0.99 * length * count <= received <= 1.01 * length * (count + CONNECTIONS):
        sys.exit(f"bench: port {port}: {errors} errors in {count} replies of {length} bytes, {received} in all")
    return count / duration * 1e6, middle / 1000, late / 1000


def one_reply(port):
    """Asks once, sees that the picture's address arrives, and counts the bytes of the whole reply."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/byteplus-generate", BODY.encode(), {"Content-Type": "application/json"})
    reply = connection.getresponse()
    text = reply.read()
    if reply.status != 200 or json.loads(text)["data"][0]["url"] != URL:
        sys.exit(f"bench: port {port} answers {reply.status} {text[:200]}")
    connection.close()
    head = sum(len(name) + len(value) + 4 for name, value in reply.getheaders())
    return len(f"HTTP/1.1 200 {reply.reason}\r\n") + head + 2 + len(text)


def processor_seconds(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
