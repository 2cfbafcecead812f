"""The routes of all pages, put into the application."""

from fastapi import FastAPI

from api.web import assets, entrance, judging, starting, views


def add_pages(app: FastAPI) -> None:
    """Put the pages into an application; they are no part of its OpenAPI document."""
    for module in (starting, views, judging, entrance, assets):
        app.include_router(module.router)
