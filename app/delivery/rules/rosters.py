"""The list of a cohort as a file: its columns and their heads, what each row says, and what may be wrong with it.

A blank says nothing: it never takes a value away. What a row would change, and who it is, is decided in actions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.errors import N_, Refused
from app.delivery.kinds import EnrolmentState
from app.people.kinds import ContactKind, Sex
from app.people.rules import persons
from app.people.rules.duplicates import plain
from app.people.rules.persons import Born

from . import rosters_cells as cells
from .rosters_files import EMPTY, HEAD_ROWS, MOST_ROWS, Cell, ListTooBig, Row

# Each column with its head in English and Spanish, and how else people head it.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "cohort": ("Cohort", "Grupo", "cohorte"),
    "person": ("Person no.", "N.º de persona", "uid", "person", "id persona"),
    "given_names": ("Given names", "Nombres", "first name", "given name", "nombre", "nombres de pila"),
    "family_names": ("Family names", "Apellidos", "last name", "surname", "family name", "apellido"),
    "known_as": ("Known as", "Le dicen", "apodo", "nickname", "alias"),
    "sex": ("Sex", "Sexo", "gender", "genero"),
    "birth": ("Born", "Nacimiento", "birth", "birth date", "date of birth", "birth year", "fecha de nacimiento",
              "ano de nacimiento", "nacido", "edad", "age"),
    "document_kind": ("Document", "Documento", "document kind", "tipo de documento"),
    "document_number": ("Document no.", "N.º de documento", "document number", "numero de documento", "dni", "dui",
                        "cedula", "curp", "dpi", "nro documento"),
    "phone": ("Telephone", "Teléfono", "phone", "celular", "whatsapp", "movil", "mobile"),
    "organisation": ("Organisation", "Organización", "organization", "cooperativa", "co-operative", "cooperative"),
    "place": ("Place", "Lugar", "comunidad", "community", "localidad", "caserio"),
    "enrolled_on": ("Enrolled on", "Inscripción", "enrolled", "fecha de inscripcion", "inscrito"),
    "state": ("State", "Estado", "status", "situacion"),
}  # fmt: skip
FULL_NAME = "name"  # not written, but understood
_FULL = ("name", "full name", "nombre completo", "nombres y apellidos", "apellidos y nombres", "participante",
         "participant")  # fmt: skip
_HEADS = {plain(head): column for column, heads in COLUMNS.items() for head in heads} | {
    plain(head): FULL_NAME for head in _FULL
}
LANGUAGES = ("en", "es")


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    ENROLLED = "enrolled"
    CHANGED = "changed"
    SAME = "same"
    ASK = "ask"
    FAULTY = "faulty"


class NoFile(Refused):
    text = N_("No file was sent. Please choose one first.")
    status = 422


class NoHeads(Refused):
    text = N_("No row with heads was found. A list needs at least a column “Given names”; export a list to see all.")
    status = 422


class HeadTwice(Refused):
    text = N_("Two columns are headed “%(head)s”. Leave one of them out.")
    status = 422


class UnknownColumn(Refused):
    text = N_("The column “%(head)s” is not known and was not read.")
    status = 200


class FormulaInCell(Refused):
    text = N_("A formula stands here. Copy the column and paste it as values.")
    status = 422


class OtherCohort(Refused):
    text = N_("This row belongs to another cohort: %(slug)s.")
    status = 422


class NoCohort(Refused):
    text = N_("The list does not say of which cohort it is. Give it a column “Cohort”, or name the cohort.")
    status = 422


class TwiceInFile(Refused):
    text = N_("This person stands in row %(line)s already.")
    status = 422


class UnknownPerson(Refused):
    text = N_(
        "There is no person with this number, or your account does not show them. Leave the cell empty for new people."
    )
    status = 422


class UnknownOrganisation(Refused):
    text = N_("“%(name)s” takes no part in this programme. Add the organisation first, or correct its name.")
    status = 422


class SeveralOrganisations(Refused):
    text = N_("Several organisations are called “%(name)s”. Choose the right one at the person.")
    status = 422


class StateNotHere(Refused):
    text = N_("A file does not change how somebody stands in the cohort. Do that on the cohort's page.")
    status = 422


class DayNotHere(Refused):
    text = N_("A file does not change the day on which somebody was enrolled.")
    status = 422


class LeftBefore(Refused):
    text = N_("%(name)s was in this cohort and left. Take them in again on the cohort's page, so that both times stay.")
    status = 422


class MayNotChange(Refused):
    text = N_("Your account may not change what is written of %(name)s. Leave these columns as they were.")
    status = 422


class KeptAsWritten(Refused):
    text = N_("What is written of %(name)s stays as it is; to change it, put their number in the column “Person no.”.")
    status = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said of a row: in which column, and the sentence."""

    column: str
    says: Refused


@dataclass(frozen=True, slots=True)
class Draft:
    """What one row says. None and "" say nothing."""

    line: int
    cohort: str = ""
    person: str = ""
    given_names: str = ""
    family_names: str = ""
    known_as: str = ""
    sex: Sex | None = None
    born: Born | None = None
    document_kind: str = ""
    document_number: str = ""
    phone: str = ""
    organisation: str = ""
    place: str = ""
    enrolled_on: date | None = None
    state: EnrolmentState | None = None
    faults: tuple[Remark, ...] = field(default=())
    notes: tuple[Remark, ...] = field(default=())

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given_names} {self.family_names}".strip()


@dataclass(frozen=True, slots=True)
class Listed:
    """A file's rows as they are meant, and what is said of the file as a whole."""

    drafts: tuple[Draft, ...]
    notes: tuple[Remark, ...] = ()


def heads(language: str) -> list[str]:
    """The heads of a list in a language."""
    return [found[LANGUAGES.index(language) if language in LANGUAGES else 0] for found in COLUMNS.values()]


def listed(rows: Sequence[Row], today: date, country: str) -> Listed:
    """What the rows of a file say; `country` tells which documents have a fixed length."""
    place, columns, notes = _heads(rows)
    found = [_draft(line, dict(_named(columns, row)), today, country) for line, row in rows[place + 1 :]]
    if len(found) > MOST_ROWS:
        raise ListTooBig(rows=MOST_ROWS, columns=len(columns))
    return Listed(_once(found), notes)


def _heads(rows: Sequence[Row]) -> tuple[int, list[str], tuple[Remark, ...]]:
    for place, (_, row) in enumerate(rows[:HEAD_ROWS]):
        columns = [_HEADS.get(plain(cell.text), "") for cell in row]
        if "given_names" in columns or FULL_NAME in columns or "person" in columns:
            known = [column for column in columns if column]
            for column in known:
                if known.count(column) > 1:
                    raise HeadTwice(head=row[columns.index(column)].text[:40])
            strange = [cell.text[:40] for cell, column in zip(row, columns, strict=True) if cell.text and not column]
            return place, columns, tuple(Remark("", UnknownColumn(head=head)) for head in strange)
    raise NoHeads


def _named(columns: Sequence[str], row: Sequence[Cell]) -> list[tuple[str, Cell]]:
    return [(column, row[n] if n < len(row) else EMPTY) for n, column in enumerate(columns) if column]


def _draft(line: int, row: Mapping[str, Cell], today: date, country: str) -> Draft:
    faults: list[Remark] = []
    notes: list[Remark] = []

    def read(column: str, meaning: Callable[[Cell], Any], nothing: Any) -> Any:
        cell = row.get(column, EMPTY)
        try:
            if cell.formula:
                raise FormulaInCell
            return meaning(cell) if cell.text else nothing
        except Refused as refused:
            faults.append(Remark(column, refused))
            return nothing

    given, family = read(FULL_NAME, lambda cell: cells.parted(persons.name(cell.text)), ("", ""))
    given = read("given_names", lambda cell: persons.name(cell.text), given)
    family = read("family_names", lambda cell: persons.name(cell.text), family)
    uid = read("person", lambda cell: persons.line(cell.text), "")
    kind = read("document_kind", lambda cell: persons.line(cell.text), "")
    number = read("document_number", lambda cell: persons.line(cells.number(cell)), "")
    if number and (whole := cells.with_zeros(number, kind, country)) != number:
        notes.append(Remark("document_number", cells.ZeroPutBack(number=whole)))
        number = whole
    born = read("birth", lambda cell: cells.born(cell, today), None)
    if born is not None:
        try:
            persons.check_born(born, today)
        except Refused as refused:
            faults.append(Remark("birth", refused))
    if not given and not uid and not any(one.column in (FULL_NAME, "given_names") for one in faults):
        faults.append(Remark("given_names", persons.NeedsName(most=persons.LONGEST_LINE)))
    return Draft(
        line=line,
        cohort=read("cohort", lambda cell: cell.text, ""),
        person=uid,
        given_names=given,
        family_names=family,
        known_as=read("known_as", lambda cell: persons.name(cell.text), ""),
        sex=read("sex", cells.sex, None),
        born=born,
        document_kind=kind,
        document_number=number,
        phone=read("phone", lambda cell: persons.contact(ContactKind.PHONE, cells.number(cell)), ""),
        organisation=read("organisation", lambda cell: persons.line(cell.text), ""),
        place=read("place", lambda cell: persons.line(cell.text), ""),
        enrolled_on=read("enrolled_on", cells.day, None),
        state=read("state", cells.state, None),
        faults=tuple(faults),
        notes=tuple(notes),
    )


def _once(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The rows; one that repeats a person of an earlier row says so."""
    seen: dict[tuple[object, ...], int] = {}
    found = []
    for draft in drafts:
        who: tuple[object, ...]
        if draft.person:
            who = ("person", draft.person)
        elif draft.document_number:
            who = ("document", plain(draft.document_kind), draft.document_number)
        else:
            who = ("name", plain(draft.name), draft.born, draft.phone, plain(draft.place))
        if who in seen and draft.name + draft.person:
            fault = Remark("person" if draft.person else "given_names", TwiceInFile(line=seen[who]))
            found.append(replace(draft, faults=(*draft.faults, fault)))
        else:
            seen[who] = draft.line
            found.append(draft)
    return tuple(found)
