import os
import requests

response = requests.post(
    "https://ark.cn-beijing.volces.com/api/v3/images/generations",
    headers={
        "Content-Type": "application/json",
        "Authorization": f"Bearer {os.environ['ARK_API_KEY']}"
    },
    json={
        "model": "doubao-seedream-4-5-251128",
        "prompt": "A serene mountain landscape at sunset",
        "size": "2K",
        "watermark": False
    }
)
print(response.json()["data"][0]["url"])
