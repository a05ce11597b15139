"""Writing a study: needs, what was looked up and asked, findings with what they rest on, the checklist, citations."""

from .check import check_item
from .cite import chosen, cite, cite_decided
from .findings import attach, detach, no_longer_rest_on, rest_on, settle
from .keep import bring_back, keep, place, put_away
from .needs import archive_need, keep_need, settle_need, take_up, unarchive_need

__all__ = [
    "archive_need",
    "attach",
    "bring_back",
    "check_item",
    "chosen",
    "cite",
    "cite_decided",
    "detach",
    "keep",
    "keep_need",
    "no_longer_rest_on",
    "place",
    "put_away",
    "rest_on",
    "settle",
    "settle_need",
    "take_up",
    "unarchive_need",
]
