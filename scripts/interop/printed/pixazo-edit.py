import requests
url = "https://gateway.pixazo.ai/byteplus/v1/getEditMultiImage"
headers = {
    "Content-Type": "application/json",
    "Cache-Control": "no-cache",
    "Ocp-Apim-Subscription-Key": "YOUR_SUBSCRIPTION_KEY"
}
data = { "prompt": "Girl holding the cat", "image": [ "https://pub-582b7213209642b9b995c96c95a30381.r2.dev/byteplus/1757499948018-hntkjsg9kj.jpg", "https://pub-582b7213209642b9b995c96c95a30381.r2.dev/model.png" ] }
response = requests.post(url, json=data, headers=headers)
print(response.json())
