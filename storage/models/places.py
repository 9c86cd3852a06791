"""Places of the content pack."""

from sqlmodel import Field, SQLModel


class Place(SQLModel, table=True):
    """A school, Kita, office or meeting place of the content pack."""

    __tablename__ = "place"

    id: int = Field(default=None, primary_key=True)
    key: str = Field(max_length=120, unique=True)
    kind: str = Field(max_length=20, index=True)
    name: str = Field(max_length=160)
    school_type: str = Field(default="", max_length=120)
    district: str = Field(default="", max_length=40, index=True)
    street: str = Field(default="", max_length=120)
    postcode: str = Field(default="", max_length=5)
    city: str = Field(default="", max_length=60)
    phone: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=120)
    website: str = Field(default="", max_length=200)
    opening_hours: str = Field(default="", max_length=300)
    lat: float | None = None
    lon: float | None = None
    precision: str = Field(default="", max_length=10)
    confidence: str = Field(max_length=10, index=True)
    as_of: str = Field(default="", max_length=80)
