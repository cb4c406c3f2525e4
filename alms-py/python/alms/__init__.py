"""The licensing rules of the AirLink Management Service.

One operation, one JSON document in, one out, with the same answer to the byte in Rust, Python and JavaScript:

>>> import alms
>>> alms.call("calendar.add_months", {"date": "2023-01-31", "months": 1})
{'date': '2023-02-28'}

What is refused says why, and by which rule:

>>> alms.call("calendar.add_months", {"date": "2023-02-30", "months": 1})
Traceback (most recent call last):
    ...
alms.AlmsError: date: ...
"""

from alms._alms import __version__
from alms._call import Operation, call, call_json, operations
from alms._errors import AlmsError

__all__ = ["AlmsError", "Operation", "__version__", "call", "call_json", "operations"]
