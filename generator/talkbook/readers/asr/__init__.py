"""The JSON of speech recognition. A file's text comes in, Speech goes out."""
