"""Takes the pictures and writes the sheets: shots/<role>-<device>-<language>-<light>-<number>.jpg."""

from __future__ import annotations

import argparse
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.browser_ready import find
from tests.journeys.site import demonstration

from .album import OUT, take
from .examples import addresses
from .stage import ROLES, prepare


def main() -> None:
    """Build the demonstration, walk it as every role, and say where the sheets are."""
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description="Pictures of every page.")
    parser.add_argument("--role", action="append", choices=list(ROLES), help="only this role (may be given twice)")
    wanted = parser.parse_args().role or list(ROLES)
    if find() is None:
        raise SystemExit("No Chromium here, so there are no pictures. `make shots` installs it where it can.")
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    began = time.monotonic()
    print("Building the demonstration …", flush=True)
    with demonstration("sqlite") as site, ProcessPoolExecutor(2, get_context("spawn")) as workers:
        found = addresses(site.app, prepare(site.app))
        turns = {
            workers.submit(take, site.address, site.password, found, role, language): f"{role}, {language}"
            for role in wanted
            for language in ("es", "en")
        }
        for turn, name in turns.items():
            print(f"{name}: {len(turn.result())} sheets", flush=True)
    count = len(list(OUT.iterdir()))
    print(f"{count} sheets of {sum(map(len, found.values()))} pages in {OUT}/, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
