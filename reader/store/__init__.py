"""The library file: one SQLite database. Nothing outside this package knows SQL."""
