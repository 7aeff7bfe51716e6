"""Brief + ledger + examples -> outline: what to write, in which order, and what is left out and why.

``plan`` puts it together.  Reading the notes: ``reading`` cuts a source's ``view`` into pieces of ``words`` (``lines``,
``enumerated``, ``captioned``, ``spacing``, ``chat``, ``furniture``, ``aside``, ``attachments``).  Choosing: ``select``
with ``agreement`` and ``withhold``; ``caution`` warns of what the notes themselves doubt.  Ordering: ``report`` keeps a report's own structure; of other notes
``grouping`` sorts the pieces by ``topics``, ``situation`` those of an emergency, ``ahead`` problems and
plans.  Saying: ``build`` makes statements of pieces (``sentences``), ``tables`` of table rows (``rows``,
``cells``, ``own_time``).  Form: ``genre``, ``composition`` and the examples' ``style`` guide ``sections`` and
their ``paragraphs`` with their ``leads``; ``place`` adds what is required (``themes``).
"""

from gov_writer.outline.plan import plan

__all__ = ["plan"]
