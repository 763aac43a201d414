"""The editors' desk: what visitors asked, and what editors give search to know."""
