"""Making the files of a release out of its frozen content.

Nothing here knows Django: it runs in a sandboxed child, and the same content gives
the same bytes. No clock is read and no font of the machine is used.
"""
