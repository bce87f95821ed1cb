"""Proposals for what a curator has not written yet: values, each with its place, how sure it is, and its evidence.

A book goes in and proposals come out. Nothing here opens a file of the content folder or writes one.
"""
