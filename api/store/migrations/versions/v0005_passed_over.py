"""How many files of a batch were passed over."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Count them; of batches that there are it is not known any more."""
    with op.batch_alter_table("batch") as table:
        table.add_column(sa.Column("skipped", sa.Integer(), nullable=False, server_default="0"))
