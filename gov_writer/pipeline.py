"""The stages in order: read, extract, plan, compose, check, render."""
