"""Annotations as files that travel: one module a format, each way.

A format turns a `records.Snapshot` into text and text into a `records.Parsed`; it knows nothing of the library.
"""
