"""What the service keeps: keys and imported standards, in SQLite or PostgreSQL."""

from api.store.database import Store
from api.store.errors import StoreError

__all__ = ["Store", "StoreError"]
