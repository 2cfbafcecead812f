"""``python -m eval.bench [scoring|batch|mixed|serve|web]…``: every speed figure, or those named."""

import sys

from rich.console import Console

from eval.bench import batch, mixed, scoring, serve, web

PARTS = {
    "scoring": scoring.main,
    "batch": batch.main,
    "mixed": mixed.main,
    "serve": serve.main,
    "web": web.main,
}


def main() -> None:
    """Measure and print."""
    wanted = sys.argv[1:] or list(PARTS)
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        sys.exit(f"unknown: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    console = Console(highlight=False)
    for part in wanted:
        PARTS[part](console)


if __name__ == "__main__":
    main()
