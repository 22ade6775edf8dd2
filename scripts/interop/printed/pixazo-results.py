import requests
url = "https://gateway.pixazo.ai/ai-model-api-polling/getGenerationResults"
headers = {
    "Content-Type": "application/json",
    "Cache-Control": "no-cache",
    "Ocp-Apim-Subscription-Key": "YOUR_SUBSCRIPTION_KEY"
}
data = { "job_set_id": "job-abc123xyz" }
response = requests.post(url, json=data, headers=headers)
print(response.json())
