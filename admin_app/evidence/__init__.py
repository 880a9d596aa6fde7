"""Evidence: what proves that something was done, recorded by the act itself."""
