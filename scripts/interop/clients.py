"""Drives the clients and prints the table. See `run`."""

import base64
import json
import subprocess
import sys

import requests
from openai import OpenAI
from volcenginesdkarkruntime import Ark

KEY = "interop"
MODEL = "seedream-4-0-250828"
SIZE = "1280x720"
REFERENCE = "https://ark-doc.tos-ap-southeast-1.bytepluses.com/doc_image/seedream4_%s.png"


class Case:
    """One use case: how many references go in and how many pictures come out."""

    def __init__(self, name, references, pictures):
        self.name, self.references, self.pictures = name, references, pictures

    def members(self, inline):
        """What goes into a request beside model, prompt and size."""
        members = {"watermark": False, "response_format": "b64_json" if inline else "url"}
        images = [REFERENCE % f"imagesToimage_{n + 1}" for n in range(self.references)]
        if images:
            members["image"] = images[0] if len(images) == 1 else images
        if self.pictures > 1:
            members["sequential_image_generation"] = "auto"
            members["sequential_image_generation_options"] = {"max_images": self.pictures}
        return members


CASES = [
    Case("text to one", 0, 1),
    Case("text to set", 0, 4),
    Case("image to one", 1, 1),
    Case("image to set", 1, 5),
    Case("images to one", 2, 1),
    Case("images to set", 2, 3),
]
PROMPT = "the four corners of one courtyard, a red lantern in each"


class ArkLibrary:
    name = "volcengine ark"

    def __init__(self, base):
        self.client = Ark(api_key=KEY, base_url=base, max_retries=0)

    def ask(self, case, stream, inline):
        from volcenginesdkarkruntime.types.images import SequentialImageGenerationOptions

        members = case.members(inline)
        options = members.get("sequential_image_generation_options")
        if options:
            members["sequential_image_generation_options"] = SequentialImageGenerationOptions(**options)
        reply = self.client.images.generate(
            model=MODEL, prompt=PROMPT, size=SIZE, **members, **({"stream": True} if stream else {})
        )
        return events(reply) if stream else whole(reply)

    def refused(self):
        try:
            self.client.images.generate(model=MODEL, prompt=PROMPT, size="8x8")
        except Exception as error:
            return error.status_code == 400 and error.code == "InvalidParameter"


class OpenAILibrary:
    name = "openai"

    def __init__(self, base):
        self.client = OpenAI(api_key=KEY, base_url=base, max_retries=0)

    def ask(self, case, stream, inline):
        members = case.members(inline)
        reply = self.client.images.generate(
            model=MODEL,
            prompt=PROMPT,
            size=SIZE,
            response_format=members.pop("response_format"),
            extra_body=members,
            **({"stream": True} if stream else {}),
        )
        return events(reply) if stream else whole(reply)

    def refused(self):
        try:
            self.client.images.generate(model=MODEL, prompt=PROMPT, size="8x8")
        except Exception as error:
            return error.status_code == 400 and error.request_id.startswith("02")


def events(stream):
    """The members of a stream as a library hands them out, and what its end counts.

    The Ark library leaves the usage of the end a dictionary.
    """
    items, usage = [], None
    for event in stream:
        if event.type == "image_generation.partial_succeeded":
            items.append({"url": getattr(event, "url", None), "b64_json": getattr(event, "b64_json", None)})
        elif event.type == "image_generation.completed":
            usage = event.usage
    return items, usage["generated_images"] if isinstance(usage, dict) else usage.generated_images


def whole(reply):
    items = [{"url": item.url, "b64_json": item.b64_json} for item in reply.data]
    return items, getattr(reply.usage, "generated_images", None)


class Requests:
    """The code the documents print, with a reader of event streams of a dozen lines."""

    name = "requests"

    def __init__(self, base):
        self.url = base + "/images/generations"

    def post(self, members, stream=False):
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"}
        body = {"model": MODEL, "prompt": PROMPT, "size": SIZE} | members
        return requests.post(self.url, headers=headers, json=body, stream=stream, timeout=120)

    def ask(self, case, stream, inline):
        members = case.members(inline)
        response = self.post(members | {"stream": True} if stream else members, stream)
        response.raise_for_status()
        return lines(response.iter_lines()) if stream else document(response.json())

    def refused(self):
        response = self.post({"size": "8x8"})
        return response.status_code == 400 and response.json()["error"]["code"] == "InvalidParameter"


class Curl:
    name = "curl"

    def __init__(self, base):
        self.url = base + "/images/generations"

    def run(self, members, *options):
        body = json.dumps({"model": MODEL, "prompt": PROMPT, "size": SIZE} | members)
        command = ["curl", "--silent", "--show-error", "--compressed", "--no-buffer", *options]
        command += ["-H", "Content-Type: application/json", "-H", f"Authorization: Bearer {KEY}"]
        command += ["-X", "POST", self.url, "-d", body]
        return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout

    def ask(self, case, stream, inline):
        members = case.members(inline)
        body = self.run(members | {"stream": True} if stream else members, "--fail")
        return lines(body.splitlines()) if stream else document(json.loads(body))

    def refused(self):
        return self.run({"size": "8x8"}, "-w", "%{http_code}").endswith(b"400")


def lines(lines):
    items, usage, ended = [], None, False
    for line in lines:
        if line == b"data: [DONE]":
            ended = True
        elif line.startswith(b"data: "):
            event = json.loads(line[6:])
            if event["type"] == "image_generation.partial_succeeded":
                items.append(event)
            usage = event.get("usage", usage)
    assert ended, "the stream has no end"
    return items, usage["generated_images"]


def document(body):
    return body["data"], body["usage"]["generated_images"]


def check(case, items, counted):
    """Every picture is there and is one."""
    assert len(items) == case.pictures, f"{len(items)} pictures of {case.pictures}"
    assert counted == case.pictures, f"usage counts {counted} of {case.pictures}"
    for item in items:
        if item.get("b64_json"):
            picture = base64.b64decode(item["b64_json"], validate=True)
        else:
            response = requests.get(item["url"], timeout=60)
            response.raise_for_status()
            assert response.headers["Content-Type"] == "image/jpeg"
            picture = response.content
            part = requests.get(item["url"], headers={"Range": "bytes=-2"}, timeout=60)
            assert part.status_code == 206 and part.content == picture[-2:]
        assert picture[:2] == b"\xff\xd8" and picture[-2:] == b"\xff\xd9", "no whole JPEG"


def main(server):
    process = subprocess.Popen([server, KEY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    base = process.stdout.readline().strip()
    assert base.startswith("http://"), base
    failures = []

    def attempt(label, work):
        try:
            work()
            return "ok"
        except Exception as error:
            failures.append(f"{label}: {type(error).__name__}: {error}")
            return "FAILED"

    clients = [ArkLibrary(base), OpenAILibrary(base), Requests(base), Curl(base)]
    print(" " * 22 + "".join(f"{client.name:>22}" for client in clients))
    rows = [(case, mode) for case in CASES for mode in ("plain", "stream", "base64")]
    for case, mode in rows:
        cells = []
        for client in clients:
            work = lambda: check(case, *client.ask(case, mode == "stream", mode == "base64"))
            cells.append(attempt(f"{client.name}, {case.name}, {mode}", work))
        print(f"{case.name:14}{mode:8}" + "".join(f"{cell:>22}" for cell in cells), flush=True)
    cells = []
    for client in clients:
        def work():
            assert client.refused(), "the refusal is not understood"
        cells.append(attempt(f"{client.name}, refusal", work))
    print(f"{'refused size':22}" + "".join(f"{cell:>22}" for cell in cells))
    process.stdin.close()
    process.wait(timeout=30)
    print("\n".join(failures), file=sys.stderr, end="\n" if failures else "")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
