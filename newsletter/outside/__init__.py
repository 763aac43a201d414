"""Looking, from the worker, whether links to other sites still lead somewhere."""
