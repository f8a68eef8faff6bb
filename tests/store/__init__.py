"""Tests of the library file."""
