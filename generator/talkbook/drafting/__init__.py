"""Propose what a curator hasn't written yet: topics, sections, speakers, corrections and details of a conversation.

Takes a book; returns proposals as values, with their places, probabilities and evidence. Nothing here reads or writes
the content folder.
"""
