"""The toolkit: what the network found, in numbered releases that never change."""
