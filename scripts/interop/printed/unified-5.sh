curl -X POST "http://localhost:8003/byteplus-generate" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "ep-20250911111250-zd7zw",
    "prompt": "Replace the clothing in image 1 with the outfit from image 2.",
    "image": [
      "https://ark-doc.tos-ap-southeast-1.bytepluses.com/doc_image/seedream4_imagesToimage_1.png",
      "https://ark-doc.tos-ap-southeast-1.bytepluses.com/doc_image/seedream4_imagesToimage_2.png"
    ],
    "sequential_image_generation": "disabled",
    "response_format": "url",
    "size": "2K",
    "stream": false,
    "watermark": true
  }'
