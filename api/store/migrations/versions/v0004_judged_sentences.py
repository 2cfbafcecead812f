"""Judgements of single sentences, and of all judgements the earlier ones, too."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Let a judgement be on a span, and several be on the same thing."""
    names = {"uq": "%(table_name)s_%(column_0_N_name)s_key"}  # as PostgreSQL calls it, where it had no name
    with op.batch_alter_table("judgement", naming_convention=names) as table:
        table.drop_constraint("judgement_entry_item_key", type_="unique")
        table.alter_column("status", type_=sa.String(16))
        table.add_column(sa.Column("start", sa.Integer()))
        table.add_column(sa.Column("end", sa.Integer()))
    op.create_index("ix_judgement_entry", "judgement", ["entry"])
