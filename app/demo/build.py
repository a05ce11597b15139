"""Builds the demonstration step by step through the actions that screens call, as the account that would do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as of_fields
from pathlib import Path

from app.adaptation import actions as adaptation
from app.core.translating import State
from app.curriculum import actions as curriculum
from app.curriculum import originals
from app.curriculum.models import Edition, Release
from app.curriculum.queries import contents, editions
from app.people import actions as people
from app.people import queries as accounts
from app.people.permissions import COMMAND_LINE, Actor, Role, parse_scope
from app.people.rules import DEMO_PASSWORD
from app.translation import actions as translation
from app.translation import glossaryfile

from . import adaptations, conversations, field, stages, studies, workshops

ACCOUNTS = (
    ("admin", "Administración (demo)", Role.ADMINISTRATOR, "*"),
    ("original", "Equipo del original (demo)", Role.DESIGNER, "*/001"),
    ("peru", "Diseño Perú (demo)", Role.DESIGNER, "my-coop/PE"),
    ("sanmartin", "Diseño San Martín (demo)", Role.DESIGNER, "my-coop/PE-SAM"),
    ("cusco", "Diseño Cusco (demo)", Role.DESIGNER, "my-coop/PE-CUS"),
    ("elsalvador", "Diseño El Salvador (demo)", Role.DESIGNER, "*/SV"),
    ("honduras", "Diseño Honduras (demo)", Role.DESIGNER, "liderazgo-mujeres/HN"),
    ("costarica", "Diseño Costa Rica (demo)", Role.DESIGNER, "modelo-publico-privado/CR"),
    ("traduccion", "Traducción Perú (demo)", Role.TRANSLATOR, "my-coop/PE"),
    ("taller", "Facilitación del taller (demo)", Role.FACILITATOR, "my-coop/PE-SAM"),
    ("cooperativa", "Representación de la cooperativa (demo)", Role.REPRESENTATIVE, "my-coop/PE-SAM"),
    ("revision", "Revisión Perú (demo)", Role.REVIEWER, "*/PE"),
    ("lectura", "Lectura (demo)", Role.READER, "*"),
    ("coordina", "Coordinación de programas (demo)", Role.COORDINATOR, "*"),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """An edition that somebody grows from another one's release, with modules taken from other curricula."""

    who: str
    slug: str
    parent: str
    region: str
    why: str
    modules: tuple[tuple[str, str, str], ...] = of_fields(default=())  # slug, region, module
    approves: str = "admin"  # who looks at the translations, but for those of the last module


EDITIONS = (
    Planned("peru", "my-coop", "001", "PE", "Edición nacional para el Perú (demo)", approves="traduccion"),
    Planned("sanmartin", "my-coop", "PE", "PE-SAM", "Primera edición provincial (demo)", approves="traduccion"),
    Planned(
        "elsalvador",
        "fact",
        "001",
        "SV",
        "Escuela de incidencia y emprendimiento con relevo generacional (demo)",
        (
            ("emprendimiento-relevo", "001", "emprendimiento-relevo-1"),
            ("emprendimiento-relevo", "001", "emprendimiento-relevo-2"),
        ),
    ),
    Planned("honduras", "liderazgo-mujeres", "SV", "HN", "La escuela salvadoreña se repite en Honduras (demo)"),
)
MODEL = Path(__file__).parent / "originals" / "modelo-publico-privado"
TRANSFERRED = Planned(
    "costarica",
    "modelo-publico-privado",
    "EC",
    "CR",
    "Transferencia acordada en el taller del 26 al 28 de agosto (demo)",
)
CORRECTED = ("original", "my-coop", "001", "Correcciones que pidieron quienes facilitaron los cursos")

Progress = Callable[[int, int, str], None]
Step = tuple[str, Callable[[], object]]


def build(progress: Progress) -> None:
    """Make everything the demonstration shows, on an empty, migrated database."""
    _Builder(progress).run()


class _Builder:
    """The steps, and who does them."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.actors: dict[str, Actor] = {}
        self.done = 0
        changed = [(planned.slug, planned.region) for planned in (*EDITIONS, TRANSFERRED)] + [CORRECTED[1:3]]
        self.changes = {key: adaptations.read(*key) for key in changed}
        self.originals = [*originals.folders(originals.REPOSITORY), MODEL]
        changes = sum(1 for found in self.changes.values() for _ in found.steps(COMMAND_LINE, Edition()))
        grown = sum(4 + len(planned.modules) for planned in (*EDITIONS, TRANSFERRED))
        self.total = 2 + len(self.originals) + changes + grown + 2 + stages.STEPS + conversations.STEPS + field.STEPS

    def run(self) -> None:
        for words, do in self.steps():
            self.progress(self.done, self.total, words)
            do()
            self.done += 1
        self.progress(self.total, self.total, "")

    def steps(self) -> Iterator[Step]:
        """Everything there is to do, in order; a step is made ready when the one before it is done."""
        yield "accounts", self.make_accounts
        yield "glossary", make_glossary
        for folder in self.originals:
            yield folder.name, lambda f=folder: curriculum.load(COMMAND_LINE, originals.read(f))  # type: ignore[misc]
        for planned in (*EDITIONS, TRANSFERRED):
            yield from self.grow(planned)
        yield "workshop", lambda: workshops.hold(self.actors["taller"])
        who, slug, region, why = CORRECTED
        world = _edition(slug, region)
        yield from self.adapt(who, world)
        yield f"{world.name}, corrected", lambda: curriculum.release(self.actors[who], world, why)
        yield from conversations.steps(self.actors)  # people answer what was published
        yield from field.steps(self.actors["coordina"])

    def grow(self, planned: Planned) -> Iterator[Step]:
        """The steps that make an edition: fork, take modules in, adapt, release."""
        actor = self.actors[planned.who]
        name = f"{planned.slug}/{planned.region}"
        release = _release(planned.slug, planned.parent)
        yield name, lambda: adaptation.fork(actor, release, planned.region, languages=["es", "en"], why=planned.why)
        edition = _edition(planned.slug, planned.region)
        for slug, region, module in planned.modules:
            yield (
                f"{name} + {module}",
                lambda s=slug, r=region, m=module: adaptation.add_module(  # type: ignore[misc]
                    actor, edition, _release(s, r), m, why=planned.why
                ),
            )
        yield from self.adapt(planned.who, edition)
        yield f"{name}, study", lambda: studies.build(actor, edition, studies.read(edition.slug, edition.region))
        yield f"{name}, translations", lambda: self.approve(planned.approves, edition)
        yield from stages.steps(self.actors, edition)  # San Martín's: workshops, pilot, signatures
        yield f"{name}, released", lambda: curriculum.release(actor, edition, planned.why)

    def adapt(self, who: str, edition: Edition) -> Iterator[Step]:
        """Everything that an edition's files of adaptations say."""
        for change in self.changes[edition.slug, edition.region].steps(self.actors[who], edition):
            yield edition.name, change

    def approve(self, who: str, edition: Edition) -> None:
        """Approve what was translated, but for the last module: that one still waits for somebody's eyes."""
        content = contents.state(editions.head_of(edition)).content
        looked_at = [block.uid for module in content.modules[:-1] for unit in module.units for block in unit.blocks]
        source = edition.curriculum.source_language
        for language in (one for one in edition.languages if one != source):
            translation.set_state(self.actors[who], edition, looked_at, language, State.APPROVED)

    def make_accounts(self) -> None:
        """The sample accounts."""
        for username, name, role, scope in ACCOUNTS:
            account = people.create_account(
                COMMAND_LINE,
                username,
                DEMO_PASSWORD,
                name=name,
                role=role,
                scope=parse_scope(scope),
                must_change_password=False,
                demo=True,
            )
            self.actors[username] = accounts.actor_of(account)


def make_glossary() -> None:
    """The words of each country."""
    terms = glossaryfile.read((Path(__file__).parent / "glossary.toml").read_text("utf-8"))
    translation.import_terms(COMMAND_LINE, terms, source="Vivero (demo)")


def _edition(slug: str, region: str) -> Edition:
    found = editions.find(slug, region)
    if found is None:
        raise editions.NoSuchEdition(name=f"{slug}/{region}")
    return found


def _release(slug: str, region: str) -> Release:
    """The newest release of an edition."""
    return editions.release(_edition(slug, region), None)
