"""Batches, their files, and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the three tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "batch",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("expires", moment, nullable=False, index=True),
        sa.Column("standard", sa.String(64), nullable=False),
        sa.Column("masking", sa.Boolean(), nullable=False),
        sa.Column("posting_name", sa.Text()),
        sa.Column("posting", sa.LargeBinary()),
        sa.Column("idempotency", sa.String(64)),
        sa.Column("request", sa.String(64)),
        sa.UniqueConstraint("key", "idempotency"),
    )
    op.create_table(
        "batch_file",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "batch", sa.String(32), sa.ForeignKey("batch.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("text", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("worker", sa.String(32), index=True),
        sa.Column("lease", moment),
        sa.Index("batch_file_waiting", "done", "place"),
    )
    op.create_table(
        "batch_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "file",
            sa.Integer(),
            sa.ForeignKey("batch_file.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
