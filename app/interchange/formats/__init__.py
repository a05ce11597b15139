"""Documents in and out: a content tree to bytes and back. Pure: no database, no pages, no network.

`document.py` is what exporters take, `write.py` the way in; reading is by format (`docx/reading.py`).
"""
