"""OAI-PMH 2.0: other libraries can harvest ours."""
