curl -X POST "http://localhost:8003/byteplus-generate" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "ep-20250911111250-zd7zw",
    "prompt": "Interstellar travel, a black hole, from which a nearly shattered vintage train bursts forth, visually striking, cinematic blockbuster, apocalyptic vibe, dynamic, contrasting colors, OC render, ray tracing, motion blur, depth of field, surrealism, deep blue.",
    "sequential_image_generation": "disabled",
    "response_format": "url",
    "size": "2K",
    "stream": false,
    "watermark": true
  }'
