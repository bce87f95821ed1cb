"""The JSON that speech recognition writes, one service a module.

The text of a file comes in; Speech goes out, with the labels and times that the service gave. What is no word, such as
a probability, is left out; damaged JSON is refused with its line.
"""
