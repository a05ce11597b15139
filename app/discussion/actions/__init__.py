"""Writing on what people say and propose: comments, proposals and decisions on them, offers, urgent notices."""

from .borrowing import take_text
from .comments import edit_comment, resolve_comment, withdraw_comment
from .deciding import accept, accept_clean, decline, look_later
from .notices import answer_notice, reopen_notice, send_notice, withdraw_notice
from .offers import offer
from .proposals import withdraw
from .proposing import Idea, propose, propose_all
from .saying import Saying, add_comment, add_comments

__all__ = [
    "Idea",
    "Saying",
    "accept",
    "accept_clean",
    "add_comment",
    "add_comments",
    "answer_notice",
    "decline",
    "edit_comment",
    "look_later",
    "offer",
    "propose",
    "propose_all",
    "reopen_notice",
    "resolve_comment",
    "send_notice",
    "take_text",
    "withdraw",
    "withdraw_comment",
    "withdraw_notice",
]
