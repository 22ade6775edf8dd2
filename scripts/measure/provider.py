"""A provider that answers at once."""
import base64, http.server, os, pathlib, subprocess, threading


class Provider(http.server.BaseHTTPRequestHandler):
    """Answers a request for a set with fifteen pictures inside the reply, any other with one address."""

    COUNT = 15
    protocol_version = "HTTP/1.1"
    small, encoded = b"", b""

    @classmethod
    def start(cls, picture):
        """A server whose pictures of 8 MB have the header of a real one; `shutdown()` ends it."""
        cls.small = bare(picture)
        cls.encoded = base64.b64encode(padded(cls.small, 8_000_000))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), cls)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def log_message(self, *_):
        pass

    def answer(self, pieces):
        self.send_response(200)
        self.send_header("Content-Length", str(sum(map(len, pieces))))
        self.end_headers()
        for piece in pieces:
            self.wfile.write(piece)

    def do_GET(self):
        self.answer([self.small])

    def do_POST(self):
        left, start = int(self.headers["Content-Length"]), b""
        while left:
            piece = self.rfile.read(min(left, 1 << 16))
            start, left = start or piece, left - len(piece)
        if b'"b64_json"' not in start:
            address = f"http://{self.headers['Host']}/x.jpg"
            return self.answer([b'{"data":[{"url":"%s"}]}' % address.encode()])
        if b'"stream":true' not in start:
            members = [piece for _ in range(self.COUNT) for piece in (b',{"b64_json":"', self.encoded, b'"}')]
            members[0] = members[0][1:]
            return self.answer([b'{"created":1,"data":[', *members, b'],"usage":{"generated_images":15}}'])
        events = [piece for index in range(self.COUNT) for piece in (
            b'data: {"type":"image_generation.partial_succeeded","image_index":%d,"b64_json":"' % index,
            self.encoded, b'"}\n\n')]
        self.answer([*events, b'data: {"type":"image_generation.completed","usage":{"generated_images":15}}\n\n'])


def draw(darkroom, environment, scratch):
    """A picture of the sandbox, 2048 pixels square."""
    gallery = ["--gallery", os.path.join(scratch, "drawn")]
    subprocess.run([darkroom, "generate", "--provider", "sandbox", *gallery, "--size", "2048x2048",
                    "a red lantern in fog"], env=environment, check=True, capture_output=True)
    subprocess.run([darkroom, "service", "--stop", *gallery], env=environment, capture_output=True)
    return next(pathlib.Path(gallery[1]).glob("*/*.jpg")).read_bytes()


def bare(picture):
    """A JPEG without comments and application data but JFIF's: as a provider sends it, not as we keep it."""
    place, kept = 2, picture[:2]
    while picture[place + 1] != 0xDA:
        end = place + 2 + int.from_bytes(picture[place + 2:place + 4], "big")
        if picture[place + 1] not in (*range(0xE1, 0xF0), 0xFE):
            kept += picture[place:end]
        place = end
    return kept + picture[place:]


def padded(picture, size):
    """A JPEG of so many bytes that has the header and the end of a small one."""
    return picture[:-2] + os.urandom(size - len(picture)).replace(b"\xff", b"\xfe") + b"\xff\xd9"
