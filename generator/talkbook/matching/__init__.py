"""Find where conversations are about the topics, and choose which passages to quote.

Each transcript is processed alone and yields spans of its source that are about a topic, each with evidence. Then the
quotes of each topic are chosen from all transcripts.
"""
