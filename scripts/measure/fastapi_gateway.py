"""The endpoint of the seed as most people would write it, to be measured against: FastAPI, one shared
httpx client, started by `uvicorn fastapi_gateway:app`."""

import os
from contextlib import asynccontextmanager
from typing import Literal

import httpx
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel


class SequenceOptions(BaseModel):
    max_images: int | None = None


class GenerateRequest(BaseModel):
    model: str = "ep-20250911111250-zd7zw"
    prompt: str
    image: str | list[str] | None = None
    sequential_image_generation: Literal["disabled", "auto"] = "disabled"
    sequential_image_generation_options: SequenceOptions | None = None
    response_format: Literal["url", "b64_json"] = "url"
    size: Literal["1K", "2K", "4K"] = "2K"
    stream: bool = False
    watermark: bool = True


class Picture(BaseModel):
    url: str | None = None
    b64_json: str | None = None
    size: str | None = None


class GenerateResponse(BaseModel):
    data: list[Picture]
    usage: dict | None = None


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with httpx.AsyncClient(
        base_url=os.environ["ARK_BASE_URL"], timeout=300,
        headers={"Authorization": f"Bearer {os.environ['ARK_API_KEY']}"},
    ) as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


@app.post("/byteplus-generate")
async def generate(request: GenerateRequest) -> GenerateResponse:
    reply = await app.state.client.post("/images/generations", json=request.model_dump(exclude_none=True))
    if reply.status_code != 200:
        raise HTTPException(500, f"BytePlus API request failed with status code {reply.status_code}: {reply.text}")
    return GenerateResponse(**reply.json())
