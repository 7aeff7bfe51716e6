"""The pipeline over HTTP: check, facts, drafts and batches, with jobs that survive a restart."""

__all__: list[str] = []
