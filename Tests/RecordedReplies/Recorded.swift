/// Replies as the vendor's documents and measurements show them.
package enum Recorded {
  /// The stream with nothing in it that a parser does not look at.
  package static let shortStream = """
    event: a.partial_succeeded
    data: {"type":"a.partial_succeeded","image_index":0,"url":"https://e.com/0"}

    data: {"type":"a.partial_failed","image_index":1,"error":{"code":"c","message":"m"}}

    data: {"type":"a.partial_succeeded","image_index":2,"b64_json":"SGVsbG8h"}

    data: {"type":"a.completed","usage":{"generated_images":2}}

    data: [DONE]


    """

  package static let shortPlain = """
    {"created":1,"data":[{"url":"https://e.com/0","size":"1x1"},{"b64_json":"SGVsbG8h"},\
    {"error":{"code":"c","message":"m"}},{"b64_json":"SGVsbG8h"}],"usage":{"generated_images":2}}
    """

  package static let shortJob = """
    {"job_set_id":"j","status":"done","status":"success","results":[{"imageUrl":"https://e.com/0"},\
    {"b64_json":"SGVsbG8h"},7],"created_at":1}
    """

  package static let stream = """
    event: image_generation.partial_succeeded
    data: {"type":"image_generation.partial_succeeded","model":"seedream-4-5-251128","created":1757396757,"image_index":0,"url":"https://e.com/0.jpeg?X-Tos-Date=1&b=%2F","size":"2496x1664"}

    event: image_generation.partial_failed
    data: {"type":"image_generation.partial_failed","model":"seedream-4-5-251128","created":1757396785,"image_index":1,"error":{"code":"OutputImageSensitiveContentDetected","message":"The request failed because the output image may contain sensitive information."}}

    event: image_generation.partial_succeeded
    data: {"type":"image_generation.partial_succeeded","model":"seedream-4-5-251128","created":1757396825,"image_index":2,"b64_json":"SGVsbG8sIHdvcmxkIQ==","size":"2496×1664"}

    event: image_generation.completed
    data: {"type":"image_generation.completed","model":"seedream-4-5-251128","created":1757396825,"usage":{"generated_images":2,"output_tokens":32448,"total_tokens":32448,"tool_usage":{"web_search":1}}}

    data: [DONE]


    """

  package static let plain = """
    {"model":"doubao-seedream-4-0-250828","created":1757323224,"data":[
    {"url":"https://e.com/0.jpeg","size":"4096x4096"},
    {"b64_json":"SGVsbG8sIHdvcmxkIQ==","size":"1760x2368","output_format":"png"},
    {"error":{"code":"InternalServiceError","message":"The service encountered an unexpected internal error. Request id: 0217abc"}}
    ],"usage":{"generated_images":2,"output_tokens":131072,"total_tokens":131072}}
    """
}
