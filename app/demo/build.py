"""Builds the demonstration step by step through the actions that screens call, as the account that would do it."""

from __future__ import annotations

from collections.abc import Callable

from app.adaptation import actions as adaptation
from app.curriculum import actions as curriculum
from app.curriculum import originals
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.people import actions as people
from app.people import queries as accounts
from app.people.permissions import COMMAND_LINE, Actor, Role, parse_scope
from app.people.rules import DEMO_PASSWORD

from . import adaptations

ACCOUNTS = (
    ("admin", "Administración (demo)", Role.ADMINISTRATOR, "*"),
    ("original", "Equipo del original (demo)", Role.DESIGNER, "*/001"),
    ("peru", "Diseño Perú (demo)", Role.DESIGNER, "my-coop/PE"),
    ("sanmartin", "Diseño San Martín (demo)", Role.DESIGNER, "my-coop/PE-SAM"),
    ("revision", "Revisión Perú (demo)", Role.REVIEWER, "*/PE"),
    ("lectura", "Lectura (demo)", Role.READER, "*"),
)

Progress = Callable[[int, int, str], None]


def build(progress: Progress) -> None:
    """Make everything the demonstration shows, on an empty, migrated database."""
    _Builder(progress).run()


class _Builder:
    """The steps, and who does them."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.changes = {name: adaptations.read(name) for name in ("PE", "PE-SAM", "corrections")}
        self.done = 0
        self.total = 9 + sum(1 for a in self.changes.values() for _ in a.steps(COMMAND_LINE, Edition()))

    def step(self, words: str) -> None:
        """Say what comes next."""
        self.progress(self.done, self.total, words)
        self.done += 1

    def run(self) -> None:
        self.step("accounts")
        actors = self.make_accounts()
        self.step("My.Coop, the original")
        world = self.load()
        peru = self.edition(actors["peru"], world, "PE", "Edición nacional para el Perú (demo)")
        province = self.edition(actors["sanmartin"], peru, "PE-SAM", "Primera edición provincial (demo)")
        self.adapt(actors["original"], world, "corrections")
        self.step("the original, corrected")
        curriculum.release(actors["original"], world, "Correcciones que pidieron quienes facilitaron los cursos")
        self.progress(self.total, self.total, f"{peru.name}, {province.name}")

    def make_accounts(self) -> dict[str, Actor]:
        """The sample accounts, by user name."""
        return {
            username: accounts.actor_of(
                people.create_account(
                    COMMAND_LINE,
                    username,
                    DEMO_PASSWORD,
                    name=name,
                    role=role,
                    scope=parse_scope(scope),
                    must_change_password=False,
                    demo=True,
                )
            )
            for username, name, role, scope in ACCOUNTS
        }

    def load(self) -> Edition:
        """Every original in the repository; returns My.Coop."""
        for folder in originals.folders(originals.REPOSITORY):
            curriculum.load(COMMAND_LINE, originals.read(folder))
        found = editions.find("my-coop", "001")
        if found is None:
            raise editions.NoSuchEdition(name="my-coop/001")
        return found

    def edition(self, actor: Actor, parent: Edition, region: str, why: str) -> Edition:
        """A fork that is adapted and released."""
        self.step(f"my-coop/{region}")
        release = editions.release(parent, None)
        edition = adaptation.fork(actor, release, region, languages=["es", "en"], why=why)
        self.adapt(actor, edition, region)
        self.step(f"my-coop/{region}, released")
        curriculum.release(actor, edition, why)
        return edition

    def adapt(self, actor: Actor, edition: Edition, name: str) -> None:
        """Everything that a file of adaptations says."""
        for change in self.changes[name].steps(actor, edition):
            self.step(edition.name)
            change()
