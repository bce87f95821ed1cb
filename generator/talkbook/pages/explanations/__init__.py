"""A topic's explanation as HTML: its Markdown made safe, cut into chapters, with links to other topics.

The body of a topic's file comes in; HTML goes out, with the topics to which it links.
"""
