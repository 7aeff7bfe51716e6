"""How figures, dates and ranks are written: signs, words and their values, known without a look at the text around.

Numbers: ``numerals``, ``units``, ``forms``, ``approximators``, ``directions``, ``bare``, ``place``.  Times:
``periods``, ``time_words``, ``calendar``.  ``ranks``.
"""
