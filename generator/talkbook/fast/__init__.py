"""Thousands of pages from one rendering of the theme: its template is rendered once per shape and spliced."""
