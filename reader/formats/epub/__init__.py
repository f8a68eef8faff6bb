"""EPUB 2 and 3: container, package, navigation and chapters of a book -> one continuous document."""
