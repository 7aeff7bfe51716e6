"""Passages: ``themes``, ``plans``, ``orders`` to a model, ``quoting`` of fixed expressions, ``near`` duplicates."""
