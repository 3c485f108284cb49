"""Below CPython's library: see README.md."""
