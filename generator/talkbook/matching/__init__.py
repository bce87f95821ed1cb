"""Where a topic is spoken about, and which passages are worth quoting.

A transcript and the topics come in, one transcript at a time; spans of its source go out, each about its topic on
evidence. Then, over all transcripts, the quotes of each topic are chosen.
"""
