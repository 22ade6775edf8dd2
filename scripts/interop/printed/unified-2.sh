curl -X POST "http://localhost:8003/byteplus-generate" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "ep-20250911111250-zd7zw",
    "prompt": "Generate a series of 4 coherent illustrations focusing on the same corner of a courtyard across the four seasons, presented in a unified style that captures the unique colors, elements, and atmosphere of each season.",
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {
      "max_images": 4
    },
    "response_format": "url",
    "size": "2K",
    "stream": true,
    "watermark": true
  }'
