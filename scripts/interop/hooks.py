"""Rules of requests that no schema can say, for schemathesis: see `schemathesis.toml`.

The description says which sizes and members each model takes. What it has no words for is done here: the pixels of
an exact size, how many references and pictures go together, which addresses can be reached and what a picture is,
and what the model behind an endpoint takes. A request that is valid by the description is otherwise sent as it is,
only with few and small pictures. Requests that are made to be refused stay as they are.
"""

import schemathesis

# Transparent in parts, as some models want it, and large enough to be split.
PICTURE = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAgAAAAIAAQMAAADOtka5AAAABlBMVEX///94PB6G3K4KAAAAAnRSTlMA/1uRIrUAAABnSURBVHja"
    "7cxBDQAACASg619aIzg3/UEAEgAAAAAAAACAYzUQCAQCgUAgEAgEAoFAIBAIBAKBQCAQCAQCgUAgEAgEAoFAIBAIBAKBQCAQCAQC"
    "gUAgEAgEAoFAIPgOAAAAAAAAAACWGu834dICYLD2AAAAAElFTkSuQmCC"
)
ADDRESS = "https://example.com/cat.png"
# All models that take pixels take these.
EXACT = "2048x2048"
PICTURES, REFERENCES = 2, 10
# What the model behind an endpoint takes in the sandbox.
HIDDEN = {"background": None, "layer_decomposition": None, "output_format": None, "tools": None}


@schemathesis.hook
def before_call(context, case, kwargs):
    body = case.body
    is_positive = case.meta is not None and case.meta.generation.mode.is_positive
    if is_positive and isinstance(body, dict) and not context.operation.path.endswith("Results"):
        case.body = drawable(dict(body))


def drawable(body):
    if str(body.get("model")).lower().startswith("ep-"):
        body |= {name: value for name, value in HIDDEN.items() if name in body}
        body["size"], body["prompt"] = "1K", body.get("prompt") or "behind an endpoint"
    size = body.get("size")
    if isinstance(size, str):
        if "k" not in size.lower() and size not in ("auto", "adaptive"):
            body["size"] = EXACT
        elif size.upper() in ("3K", "4K"):
            body["size"] = "2K"
    for name in ("n", "num_images"):
        if isinstance(body.get(name), (int, float)):
            body[name] = min(body[name], PICTURES)
    options = dict(body.get("sequential_image_generation_options") or {})
    if options.get("max_images") is not None:
        options["max_images"] = min(options["max_images"], PICTURES)
        body["sequential_image_generation_options"] = options
    elif body.get("sequential_image_generation") == "auto":
        body["sequential_image_generation_options"] = {"max_images": 1}
    if body.get("image") is not None:
        body["image"] = references(body["image"])
    return body


def references(image):
    """As many, and each by address or inline as it was."""
    if isinstance(image, list):
        return [references(item) for item in image[:REFERENCES]]
    return PICTURE if image.startswith("data:") else ADDRESS
