"""FIG: figures and dates against the sources."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.figures.fig101_unsourced_figure import UnsourcedFigure
from gov_writer.checking.rules.figures.fig102_contradicts_source import ContradictsSource
from gov_writer.checking.rules.figures.fig103_unit_mismatch import UnitMismatch
from gov_writer.checking.rules.figures.fig104_magnitude_slip import MagnitudeSlip
from gov_writer.checking.rules.figures.fig105_approximation_misstated import ApproximationMisstated
from gov_writer.checking.rules.figures.fig106_direction_reversed import DirectionReversed
from gov_writer.checking.rules.figures.fig107_unused_fact import UnusedFact
from gov_writer.checking.rules.figures.fig108_rank_mismatch import RankMismatch
from gov_writer.checking.rules.figures.fig109_subject_swapped import SubjectSwapped
from gov_writer.checking.rules.figures.fig110_date_contradicts_source import DateContradictsSource
from gov_writer.checking.rules.figures.fig111_unsourced_date import UnsourcedDate
from gov_writer.checking.rules.figures.fig112_figure_edited import FigureEdited

RULES: tuple[type[Rule], ...] = (
    UnsourcedFigure,
    ContradictsSource,
    UnitMismatch,
    MagnitudeSlip,
    ApproximationMisstated,
    DirectionReversed,
    UnusedFact,
    RankMismatch,
    SubjectSwapped,
    DateContradictsSource,
    UnsourcedDate,
    FigureEdited,
)
