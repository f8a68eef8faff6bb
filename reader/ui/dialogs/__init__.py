"""Dialogs: each takes plain data, answers by signals or `values()`, and writes nothing itself."""
