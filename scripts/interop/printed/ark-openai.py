from openai import OpenAI

client = OpenAI(
    base_url="https://ark.cn-beijing.volces.com/api/v3",
    api_key=os.environ["ARK_API_KEY"]
)

response = client.images.generate(
    model="doubao-seedream-4-5-251128",
    prompt="A serene mountain landscape",
    size="2K",
    extra_body={"watermark": False}
)
print(response.data[0].url)
