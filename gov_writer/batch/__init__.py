"""Hundreds of reports at once: manifest -> jobs -> results, resumable at any moment."""

from gov_writer.batch.run import BatchSettings, Progress, Summary, run_batch

__all__ = ["BatchSettings", "Progress", "Summary", "run_batch"]
