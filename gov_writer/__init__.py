"""gov_writer: first drafts of Chinese sub-district work reports, every figure traced and checked."""

__version__ = "0.1.0"
