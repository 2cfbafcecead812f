"""An application whose one route does nothing: what FastAPI itself costs."""

from fastapi import FastAPI

app = FastAPI()


@app.post("/v1/score")
async def nothing() -> None:
    """Take anything, answer nothing."""
