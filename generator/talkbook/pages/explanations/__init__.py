"""A topic's explanation as HTML: its Markdown made safe, cut into sections, with links to other topics.

The body of a topic's file comes in; HTML goes out, and which explanations link to which topics.
"""
