"""First tables: person, question, place, incoming_update."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the first four tables."""
    op.create_table(
        "person",
        sa.Column("id", BIG_KEY, primary_key=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("consented_at", sa.DateTime),
        sa.Column("muted_at", sa.DateTime),
        sa.Column("blocked_at", sa.DateTime),
        sa.Column("expects", sa.String(20)),
        sa.Column("topic", sa.String(64)),
        sa.Column("topic_at", sa.DateTime),
        sa.Column("seen_at", sa.DateTime, index=True),
        sa.UniqueConstraint("channel", "address", name="uq_person_channel_address"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "question",
        sa.Column("id", BIG_KEY, primary_key=True),
        sa.Column("person_id", BIG_KEY, nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("asked_at", sa.DateTime, index=True),
        sa.Column("answer", sa.Text),
        sa.Column("answered_at", sa.DateTime),
    )
    texts = {"school_type": 120, "street": 120, "postcode": 5, "city": 60, "phone": 40, "email": 120}
    texts |= {"website": 200, "opening_hours": 300, "precision": 10, "as_of": 80}
    op.create_table(
        "place",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(120), nullable=False, unique=True),
        sa.Column("kind", sa.String(20), nullable=False, index=True),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("district", sa.String(40), nullable=False, index=True),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in texts.items()),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        sa.Column("confidence", sa.String(10), nullable=False, index=True),
    )
    op.create_table(
        "incoming_update",
        sa.Column("update_id", BIG_KEY, primary_key=True, autoincrement=False),
        sa.Column("payload", sa.Text),
        sa.Column("received_at", sa.DateTime),
        sa.Column("handled_at", sa.DateTime, index=True),
    )


def downgrade() -> None:
    """Drop the first four tables."""
    for name in ("incoming_update", "place", "question", "person"):
        op.drop_table(name)
