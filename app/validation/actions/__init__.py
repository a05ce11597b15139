"""Writing while an edition is tried: workshops, who takes part, answers, remarks and decisions, closing."""

from .answers import answer_by_phone, enter_papers, tally
from .closing import close_workshop, reopen_workshop, write_notes
from .people import (
    add_participant,
    change_participant,
    erase_participant,
    free_number,
    import_participants,
    note_sent,
    set_attendance,
)
from .phones import allow_more, claim_number, join_nameless, leave_number, shut_out
from .remarks import add_remark, decide_remark, link_step, remark_by_phone
from .workshops import (
    change_workshop,
    plan_workshop,
    replan,
    set_agenda,
    set_questions,
    set_scale,
    take_answers,
)

__all__ = [
    "add_participant",
    "add_remark",
    "allow_more",
    "answer_by_phone",
    "change_participant",
    "change_workshop",
    "claim_number",
    "close_workshop",
    "decide_remark",
    "enter_papers",
    "erase_participant",
    "free_number",
    "import_participants",
    "join_nameless",
    "leave_number",
    "link_step",
    "note_sent",
    "plan_workshop",
    "remark_by_phone",
    "reopen_workshop",
    "replan",
    "set_agenda",
    "set_attendance",
    "set_questions",
    "set_scale",
    "shut_out",
    "take_answers",
    "tally",
    "write_notes",
]
