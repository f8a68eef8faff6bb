"""The library's SQLite file. Nothing outside this folder knows SQL."""
