"""Finding every figure, date, period, rank, label and placeholder of a text.

``scan`` goes over it with ``numbers`` (``fractions``, ``measures``, ``names``), ``times`` (``timeline``), ``ranked``
and ``words`` (``labels``, ``placeholders``, ``captions``); a find is a ``piece`` until ``lists`` and ranges are
settled by its ``surroundings``.
"""
