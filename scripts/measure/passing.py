"""Fifteen pictures of 8 MB through the gateway: time and memory."""
import http.client, json, time

from .figures import median, peak_megabytes, row
from .provider import Provider, draw
from .servers import darkroom_serve

MOST, ROUNDS = 48, 3
ARK, SEED = "/api/v3/images/generations", "/byteplus-generate"


def measure(darkroom, environment, scratch):
    """Each way through a gateway of its own, whose memory has then seen nothing else."""
    provider = Provider.start(draw(darkroom, environment, scratch))
    address = f"http://127.0.0.1:{provider.server_port}/api/v3"
    for name, path, stream in [("in one reply", ARK, False), ("written anew", SEED, False), ("in a stream", SEED, True)]:
        for client, pause in ("", 0), (", slow client", 0.02):
            with darkroom_serve(darkroom, address, environment, scratch) as (process, port):
                times = [ask(port, path, stream, pause) for _ in range(1 if pause else ROUNDS)]
                memory = peak_megabytes(process.pid)
            row(f"15 x 8 MB {name}{client}", median(times), "ms")
            row("  most memory of the gateway", memory, "MB", [("allowed", MOST)])
    provider.shutdown()


def ask(port, path, stream, pause):
    """Milliseconds until everything has come; `pause` is in seconds after each MB."""
    request = {"model": "seedream-4.0", "prompt": "fog", "size": "2K", "response_format": "b64_json", "stream": stream,
               "sequential_image_generation": "auto", "sequential_image_generation_options": {"max_images": 15}}
    start = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", path, json.dumps(request).encode(),
                       {"Content-Type": "application/json", "Accept": "text/event-stream" if stream else "*/*"})
    reply = connection.getresponse()
    pieces = []
    while piece := reply.read(1 << 20):
        pieces.append(piece)
        time.sleep(pause)
    took = (time.monotonic() - start) * 1000
    body = b"".join(pieces)
    if reply.status != 200 or body.count(Provider.encoded) != Provider.COUNT:
        raise SystemExit(f"bench: {path} answered {reply.status} with {len(body)} bytes: {body[:200]}")
    connection.close()
    return took
