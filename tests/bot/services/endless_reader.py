"""A reader of uploads that works for ever."""

while True:
    pass
