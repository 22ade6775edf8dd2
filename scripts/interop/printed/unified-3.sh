curl -X POST "http://localhost:8003/byteplus-generate" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "ep-20250911111250-zd7zw",
    "prompt": "Generate a close-up image of a dog lying on lush grass.",
    "image": "https://ark-doc.tos-ap-southeast-1.bytepluses.com/doc_image/seedream4_imageToimage.png",
    "sequential_image_generation": "disabled",
    "response_format": "url",
    "size": "2K",
    "stream": false,
    "watermark": true
  }'
