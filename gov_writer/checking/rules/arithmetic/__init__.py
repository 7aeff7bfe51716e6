"""The rules of group ARI, in the order of their codes."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.arithmetic.ari201_parts_and_total import PartsAndTotal
from gov_writer.checking.rules.arithmetic.ari202_growth_recomputed import GrowthRecomputed
from gov_writer.checking.rules.arithmetic.ari203_share_recomputed import ShareRecomputed
from gov_writer.checking.rules.arithmetic.ari204_listed_count import ListedCount
from gov_writer.checking.rules.arithmetic.ari205_same_figure_differs import SameFigureDiffers
from gov_writer.checking.rules.arithmetic.ari206_percent_and_points import PercentAndPoints
from gov_writer.checking.rules.arithmetic.ari207_respectively_count import RespectivelyCount

RULES: tuple[type[Rule], ...] = (
    PartsAndTotal,
    GrowthRecomputed,
    ShareRecomputed,
    ListedCount,
    SameFigureDiffers,
    PercentAndPoints,
    RespectivelyCount,
)
