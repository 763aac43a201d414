"""The newsletter: one edition a month, delivered once to everybody who asked for it."""
