"""Alembic's entry point: runs the migrations on the connection that storage.engine hands over."""

from alembic import context
from sqlmodel import SQLModel

from storage import models  # noqa: F401  (fills the metadata)

context.configure(connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata)
with context.begin_transaction():
    context.run_migrations()
