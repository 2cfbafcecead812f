"""API keys as text: ``icap_ID_SECRET``. The ID finds the key, the secret proves it."""

import hmac
import re
import secrets
from dataclasses import dataclass
from hashlib import blake2b

_SHAPE = re.compile(r"icap_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_SALT = 16
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Token:
    """A key as its owner sends it."""

    id: str
    secret: str

    def __str__(self) -> str:
        return f"icap_{self.id}_{self.secret}"

    def __repr__(self) -> str:
        return f"Token({self.id})"  # whatever is printed of it by mistake

    @classmethod
    def new(cls) -> "Token":
        """A key that nobody has: 256 random bits."""
        return cls(secrets.token_hex(6), secrets.token_urlsafe(32))

    @classmethod
    def read(cls, text: str) -> "Token | None":
        """The key that a text is, or None."""
        match = _SHAPE.fullmatch(text)
        return cls(match[1], match[2]) if match else None


def new_salt() -> bytes:
    """A salt for one key."""
    return secrets.token_bytes(_SALT)


def digest(token: Token, salt: bytes) -> bytes:
    """What is kept of a key.

    A fast hash is right here: nobody guesses 256 random bits, however fast. Slow ones (Argon2, scrypt) are
    for passwords that people choose, and would cost every request what they cost a thief.
    """
    return blake2b(token.secret.encode(), key=salt, digest_size=_DIGEST, person=b"icap-api-key").digest()


def proves(token: Token, salt: bytes, kept: bytes) -> bool:
    """Whether ``kept`` is the digest of the key; takes the same time wherever they differ."""
    return hmac.compare_digest(digest(token, salt), kept)
