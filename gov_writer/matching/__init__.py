"""What the stages share about likeness: units, values, subjects, and which fact a claim is about."""

from gov_writer.matching.values import Comparison, Verdict, Why, compare, examine

__all__ = ["Comparison", "Verdict", "Why", "compare", "examine"]
