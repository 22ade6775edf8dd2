-- For wrk: the first use case of the seed, and what came of it in numbers.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [[{"model": "ep-20250911111250-zd7zw", "prompt": "Interstellar travel, a black hole, from which a nearly shattered vintage train bursts forth, visually striking, cinematic blockbuster, apocalyptic vibe, dynamic, contrasting colors, OC render, ray tracing, motion blur, depth of field, surrealism, deep blue.", "sequential_image_generation": "disabled", "response_format": "url", "size": "2K", "stream": false, "watermark": true}]]

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("%d %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
