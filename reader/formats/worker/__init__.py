"""Processes in which files are read, so that a hostile or broken one costs at most its own reading."""
