"""Days: what the press, spreadsheets, databases and feeds write for a day -> the day of publication.

``names`` knows months and days of the week, ``numbers`` and ``forms`` read one value, ``columns`` decides by
``evidence`` how all values of a column are to be read, ``running_text`` and ``lines`` find the day in an
article, ``relative`` counts from the day of the file, ``limits`` says what no day may be later than, and
``deciding`` which of all these an article is given.
"""

__all__ = ["names"]
