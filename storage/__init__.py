"""What the bot remembers, in one SQLite file. All SQL is in this package."""

from storage.backup import restore
from storage.errors import (
    Corrupt,
    DiskFull,
    InUse,
    Locked,
    NewerSchema,
    NotADatabase,
    NotOurs,
    StorageError,
    Unwritable,
)
from storage.store import Store, open_store

__all__ = [
    "Corrupt",
    "DiskFull",
    "InUse",
    "Locked",
    "NewerSchema",
    "NotADatabase",
    "NotOurs",
    "StorageError",
    "Store",
    "Unwritable",
    "open_store",
    "restore",
]
