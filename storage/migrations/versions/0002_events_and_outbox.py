"""Events, sign-ups and the outbox: eight tables from series to subscription."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "series",
        sa.Column("id", BIG_KEY, primary_key=True),
        sa.Column("key", sa.String(120), nullable=False, unique=True),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("first", sa.String(16), nullable=False),
        sa.Column("left_out", sa.Text, nullable=False),
        sa.Column("planned_until", sa.DateTime),
    )
    numbers = ("price", "pass_price", "seats", "min_age", "max_age")
    texts = {"status": 10, "interest": 30, "place": 160, "address": 160, "asks": 60, "interpreters": 60}
    op.create_table(
        "event",
        sa.Column("id", BIG_KEY, primary_key=True),
        sa.Column("key", sa.String(120), nullable=False, unique=True),
        sa.Column("series_id", BIG_KEY, index=True),
        sa.Column("starts_at", sa.DateTime, nullable=False, index=True),
        sa.Column("ends_at", sa.DateTime, nullable=False),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in texts.items()),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        *(sa.Column(name, sa.Integer) for name in numbers),
        sa.Column("sign_up", sa.Boolean, nullable=False),
        sa.Column("opens_at", sa.DateTime),
        sa.Column("closes_at", sa.DateTime),
        sa.Column("childcare", sa.Boolean),
        sa.Column("wheelchair", sa.Boolean),
        sa.Column("example", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "event_text",
        sa.Column("event_id", BIG_KEY, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(8), primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("meeting_point", sa.String(300), nullable=False),
        sa.Column("bring", sa.String(300), nullable=False),
    )
    op.create_table(
        "party",
        sa.Column("id", BIG_KEY, primary_key=True),
        sa.Column("event_id", BIG_KEY, nullable=False, index=True),
        sa.Column("person_id", BIG_KEY, nullable=False, index=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("adults", sa.Integer, nullable=False),
        sa.Column("children", sa.Integer, nullable=False),
        sa.Column("ages", sa.String(60), nullable=False),
        sa.Column("interpreter", sa.String(8), nullable=False),
        sa.Column("childcare", sa.Boolean, nullable=False),
        sa.Column("wheelchair", sa.Boolean, nullable=False),
        sa.Column("diet", sa.String(100), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("arrived_at", sa.DateTime, nullable=False),
        sa.Column("passed", sa.Integer, nullable=False),
        sa.Column("offered_until", sa.DateTime, index=True),
        sa.Column("coming", sa.Boolean),
        sa.Column("attended", sa.Boolean),
    )
    op.create_index("ix_party_state_event", "party", ["state", "event_id"])
    op.create_table(
        "sign_up_draft",
        sa.Column("person_id", BIG_KEY, primary_key=True, autoincrement=False),
        sa.Column("event_id", BIG_KEY, nullable=False, index=True),
        sa.Column("step", sa.String(12), nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "staff_change",
        sa.Column("id", BIG_KEY, primary_key=True),
        sa.Column("event_id", BIG_KEY, nullable=False, index=True),
        sa.Column("party_id", BIG_KEY, index=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
    )
    op.create_table(
        "delivery",
        sa.Column("id", BIG_KEY, primary_key=True),
        sa.Column("key", sa.String(160), nullable=False, unique=True),
        sa.Column("person_id", BIG_KEY, nullable=False, index=True),
        sa.Column("event_id", BIG_KEY, index=True),
        sa.Column("party_id", BIG_KEY, index=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("due_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("claimed_at", sa.DateTime),
        sa.Column("finished_at", sa.DateTime),
    )
    op.create_index("ix_delivery_waiting", "delivery", ["state", "priority", "due_at"])
    op.create_table(
        "subscription",
        sa.Column("person_id", BIG_KEY, primary_key=True, autoincrement=False),
        sa.Column("interest", sa.String(30), primary_key=True),
        sa.Column("since", sa.DateTime),
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("subscription", "delivery", "sign_up_draft", "staff_change", "party", "event_text", "event", "series"):
        op.drop_table(name)
