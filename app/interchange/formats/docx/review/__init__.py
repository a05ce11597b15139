"""The review copy: a Word file of an edition that goes to its readers, and what they did to it when it comes back.

Import `read_reviewed` from `reviewing` and what it returns from `changes`; nothing is imported here, because writing
a Word file needs `carrier` and must not pay for reading.
"""
