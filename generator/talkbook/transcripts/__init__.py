"""What a reader found and what the sidecar says, made one Transcript.

Speech, a Sidecar and the Lexicon come in; a Transcript goes out, whose turns and edits are spans of its source.
Private passages are masked in the source before anything else looks at it.
"""
