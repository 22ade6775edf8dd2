"""Other people's clients, each at the door that its users would take.

`ask` sends one use case and returns the pictures as dictionaries with `url` or `b64_json`, and how many the
usage counts. `refusal` sends what cannot be drawn and returns the status and what the client makes of it.
"""

import json
import subprocess

import requests
from openai import APIStatusError, OpenAI
from volcenginesdkarkruntime import Ark
from volcenginesdkarkruntime._exceptions import ArkAPIStatusError
from volcenginesdkarkruntime.types.images import SequentialImageGenerationOptions

MODEL = "seedream-4-0-250828"
SIZE = "1280x720"
PROMPT = "the four corners of one courtyard, a red lantern in each"
REFERENCE = "https://ark-doc.tos-ap-southeast-1.bytepluses.com/doc_image/seedream4_imagesToimage_%d.png"
SECONDS = 300


class Case:
    """One use case: how many references go in and how many pictures come out."""

    def __init__(self, name, references, pictures):
        self.name, self.references, self.pictures = name, references, pictures

    def members(self, inline):
        """What goes into a request beside model, prompt and size."""
        members = {"watermark": False, "response_format": "b64_json" if inline else "url"}
        images = [REFERENCE % (n + 1) for n in range(self.references)]
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
# What each door says of a size that no model draws, of a key that nobody has and of a model that is none.
REFUSALS = {
    "size": ({"size": "8x8"}, (400, "InvalidParameter")),
    "key": ({}, (401, "AuthenticationError")),
    "model": ({"model": "seedream-9"}, (404, "InvalidEndpointOrModel.NotFound")),
}


class ArkLibrary:
    name, door = "ark library", "/api/v3"
    streams = True
    refusals = REFUSALS

    def __init__(self, base, key):
        self.base, self.client = base, Ark(api_key=key, base_url=base + self.door, max_retries=0)

    def ask(self, case, stream, inline):
        members = case.members(inline)
        options = members.get("sequential_image_generation_options")
        if options:
            members["sequential_image_generation_options"] = SequentialImageGenerationOptions(**options)
        if stream:
            members["stream"] = True
        reply = self.client.images.generate(model=MODEL, prompt=PROMPT, size=SIZE, **members)
        return events(reply) if stream else whole(reply)

    def refusal(self, members, key):
        client = Ark(api_key=key, base_url=self.base + self.door, max_retries=0)
        try:
            client.images.generate(**({"model": MODEL, "prompt": PROMPT} | members))
        except ArkAPIStatusError as error:
            return error.status_code, error.code


class OpenAILibrary:
    name, door = "openai", "/v1"
    streams = True
    refusals = REFUSALS

    def __init__(self, base, key):
        self.base, self.client = base, OpenAI(api_key=key, base_url=base + self.door, max_retries=0)

    def ask(self, case, stream, inline):
        members = case.members(inline)
        asked = {"response_format": members.pop("response_format")}
        if case.pictures > 1 and not stream:
            # Its own word for a set.
            del members["sequential_image_generation"], members["sequential_image_generation_options"]
            asked["n"] = case.pictures
        if stream:
            asked["stream"] = True
        reply = self.client.images.generate(
            model=MODEL, prompt=PROMPT, size=SIZE, extra_body=members, **asked
        )
        return events(reply) if stream else whole(reply)

    def refusal(self, members, key):
        client = OpenAI(api_key=key, base_url=self.base + self.door, max_retries=0)
        try:
            client.images.generate(**({"model": MODEL, "prompt": PROMPT} | members))
        except APIStatusError as error:
            assert error.request_id.startswith("02"), error.request_id
            return error.status_code, error.code


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
    """A dozen lines of a program of one's own."""

    name, door = "requests", "/v1"
    path = "/v1/images/generations"
    streams = True
    refusals = REFUSALS

    def __init__(self, base, key):
        self.url, self.key = base + self.path, key

    def headers(self, key):
        return {"Authorization": f"Bearer {key}", "Accept": "text/event-stream, application/json"}

    def body(self, members):
        return {"model": MODEL, "prompt": PROMPT, "size": SIZE} | members

    def post(self, members, key, stream=False):
        return requests.post(
            self.url, headers=self.headers(key), json=self.body(members), stream=stream, timeout=SECONDS
        )

    def ask(self, case, stream, inline):
        members = case.members(inline) | ({"stream": True} if stream else {})
        with self.post(members, self.key, stream) as response:
            assert response.ok, response.text
            return lines(response.iter_lines()) if stream else document(response.json())

    def refusal(self, members, key):
        response = self.post(members, key)
        return response.status_code, self.reason(response.json())

    def reason(self, answer):
        return answer["error"]["code"]


class Unified(Requests):
    name, door = "requests", "unified"
    path = "/byteplus-generate"
    refusals = REFUSALS | {
        "size": (REFUSALS["size"][0], (422, "InvalidParameter")),
        "model": (REFUSALS["model"][0], (422, "InvalidEndpointOrModel.NotFound")),
    }

    def reason(self, answer):
        assert answer["detail"], answer
        return answer["error"]["code"]


class Edit(Requests):
    """Its path picks the model, and it streams nothing."""

    name, door = "requests", "edit"
    path = "/byteplus/v1/getEditMultiImage"
    streams = False
    refusals = {
        "size": (REFUSALS["size"][0], (400, "size")),
        "key": ({}, (401, "the API key or AK/SK in the request is missing or invalid.")),
    }

    def headers(self, key):
        return {"Ocp-Apim-Subscription-Key": key, "Cache-Control": "no-cache"}

    def body(self, members):
        body = {"prompt": PROMPT, "size": SIZE} | members
        if isinstance(body.get("image"), str):
            body["image"] = [body["image"]]
        options = body.pop("sequential_image_generation_options", None)
        if options:
            body.pop("sequential_image_generation")
            body["num_images"] = options["max_images"]
        return body

    def reason(self, answer):
        return answer["error"].split(":")[0]


class Curl:
    name, door = "curl", "/api/v3"
    path = "/api/v3/images/generations"
    streams = True
    refusals = REFUSALS

    def __init__(self, base, key):
        self.url, self.key = base + self.path, key

    def run(self, members, key, *options):
        body = json.dumps({"model": MODEL, "prompt": PROMPT, "size": SIZE} | members)
        command = ["curl", "--silent", "--show-error", "--compressed", "--no-buffer", *options]
        command += ["-H", "Content-Type: application/json", "-H", f"Authorization: Bearer {key}"]
        command += ["-X", "POST", self.url, "-d", body]
        return subprocess.run(command, check=True, capture_output=True, timeout=SECONDS).stdout

    def ask(self, case, stream, inline):
        members = case.members(inline) | ({"stream": True} if stream else {})
        body = self.run(members, self.key, "--fail-with-body")
        return lines(body.splitlines()) if stream else document(json.loads(body))

    def refusal(self, members, key):
        body, _, status = self.run(members, key, "-w", "\n%{http_code}").rpartition(b"\n")
        return int(status), json.loads(body)["error"]["code"]


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


CLIENTS = [ArkLibrary, Curl, OpenAILibrary, Requests, Unified, Edit]
