"""Browsers that are signed in, and what recruiters judge."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "web_session",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column(
            "key", sa.String(16), sa.ForeignKey("api_key.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("entry", sa.Integer(), sa.ForeignKey("batch_entry.id", ondelete="CASCADE"), nullable=False),
        sa.Column("item", sa.String(16), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("entry", "item"),
    )
