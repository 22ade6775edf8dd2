"""Rules of requests that no schema can say, for schemathesis: see `schemathesis.toml`.

Which sizes and members a model takes, and how many pictures go with how many references, is checked by the
gateway and told in words. A request that is valid by the description becomes one for a model that is known,
small and few. Requests that are made to be refused stay as they are.
"""

import schemathesis

# The smallest pictures of all models.
MODEL, SIZES = "seedream-4-0-250828", ("1K", "1k", "1280x720", "720x1280", None)
PICTURE = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAAAAAA6mKC9AAAAD0lEQVR42mM4gQYYRrYAAEdGyAEmphyqAAAAAElFTkSuQmCC"
)
PICTURES, REFERENCES = 2, 10


@schemathesis.hook
def before_call(context, case, kwargs):
    body = case.body
    is_positive = case.meta is not None and case.meta.generation.mode.is_positive
    if is_positive and isinstance(body, dict) and not context.operation.path.endswith("Results"):
        case.body = drawable(dict(body))


def drawable(body):
    if body.get("model") is not None:
        body["model"] = MODEL
    if body.get("size") not in SIZES:
        body["size"] = SIZES[0]
    for name in ("n", "num_images"):
        if isinstance(body.get(name), (int, float)):
            body[name] = min(body[name], PICTURES)
    options = dict(body.get("sequential_image_generation_options") or {})
    if options.get("max_images") is not None or body.get("sequential_image_generation") == "auto":
        options["max_images"] = min(options.get("max_images") or PICTURES, PICTURES)
        body["sequential_image_generation_options"] = options
    if body.get("image") is not None:
        body["image"] = references(body["image"])
    if body.get("layer_decomposition"):
        body["layer_decomposition"] = False
        body["prompt"] = body.get("prompt") or "layers"
    if body.get("output_format") == "png":
        body["output_format"] = "jpeg"
    if "web_search" in str(body.get("tools")):
        body["tools"] = []
    return body


def references(image):
    """As many, and each by address or inline as it was."""
    if isinstance(image, list):
        return [references(item) for item in image[:REFERENCES]]
    return PICTURE if image.startswith("data:") else "https://example.com/cat.png"
