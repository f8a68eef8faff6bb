"""Markdown: CommonMark with tables, task lists, strikethrough, footnotes and front matter."""
