"""The rules of group REC, in the order of their codes.  They speak only when the case has parts."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.reconciling.rec951_total_differs import TotalDiffers
from gov_writer.checking.rules.reconciling.rec952_part_missing import PartMissing
from gov_writer.checking.rules.reconciling.rec953_rival_rank import RivalRank
from gov_writer.checking.rules.reconciling.rec954_copied_passage import CopiedPassage

RULES: tuple[type[Rule], ...] = (TotalDiffers, PartMissing, RivalRank, CopiedPassage)
