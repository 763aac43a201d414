"""The demo: a small library worth reading, loaded through the product's own paths."""
