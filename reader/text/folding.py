"""Folding, for finding and for the search index: the address other packages import from."""

from reader.text.terms import QueryTerm, index_text, index_texts, query_terms
from reader.text.variants import fold, fold_with_map, source_range

__all__ = [
    "FOLDING_VERSION",
    "QueryTerm",
    "fold",
    "fold_with_map",
    "index_text",
    "index_texts",
    "query_terms",
    "source_range",
]

# Stored with a search index: another number means that it must be built again.
FOLDING_VERSION = 1
