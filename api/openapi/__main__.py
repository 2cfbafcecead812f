"""``python -m api.openapi > docs/openapi.json``: write the document anew after a change of the routes."""

import sys

from api.app import create_app
from api.openapi.document import as_text, document
from matcher.settings import Settings

sys.stdout.buffer.write(as_text(document(create_app(Settings.model_construct()))).encode())
