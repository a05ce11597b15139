"""Running the web server and the job worker. The worker is a process of its own, because huey sets signal handlers."""

from __future__ import annotations

import signal
import subprocess
import sys
from types import FrameType


def serve(host: str, port: int, threads: int) -> None:
    """Serve with waitress until interrupted or told to end, with a worker beside it that ends with it."""
    import waitress

    from app import create_app

    application = create_app()
    worker = subprocess.Popen([sys.executable, "-m", "app.cli", "worker"])
    signal.signal(signal.SIGTERM, _end)
    try:
        waitress.serve(application, host=host, port=port, threads=threads, ident="vivero")
    finally:
        worker.terminate()
        worker.wait(timeout=10)


def _end(_number: int, _frame: FrameType | None) -> None:
    """Leave as if interrupted, so that what stands beside the server is ended too."""
    raise SystemExit(0)


def work() -> None:
    """Do queued jobs until interrupted."""
    from app import create_app

    application = create_app()
    application.extensions["vivero.huey"].create_consumer(workers=1, periodic=False, check_worker_health=True).run()
