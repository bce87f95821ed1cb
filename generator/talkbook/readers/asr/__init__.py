"""The JSON of speech recognition services, one module each.

Takes the text of a file; returns Speech with the labels and times that the service gave. Other data, such as
confidence, is ignored; broken JSON is rejected with its line.
"""
