"""How a study is cited, in the styles readers ask for."""
