"""Names: ``names`` of all kinds from ``persons`` and ``entities``; ``segments`` and ``vocabulary``; ``personal`` data."""
