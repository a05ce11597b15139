"""Files that commands read and write whole: UTF-8 text of a bounded size, and files replaced in one step.

What stands in them is each command's own matter, and so is the exit code.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from app.core.errors import N_, Refused


class NotUtf8(Refused):
    text = N_("%(file)s is not UTF-8 text (byte %(byte)s). Save it as UTF-8 and try again.")
    status = 422


class FileTooLarge(Refused):
    text = N_("%(file)s is larger than %(megabytes)s MB.")
    status = 422


class CannotRead(Refused):
    text = N_("%(file)s cannot be read: %(reason)s.")


class CannotWrite(Refused):
    text = N_("%(file)s cannot be written: %(reason)s.")


def read_text(path: Path, most_bytes: int) -> str:
    """Return the text of a file, every line end as it is; a file that is too large is not opened."""
    try:
        if path.stat().st_size > most_bytes:
            raise FileTooLarge(file=path, megabytes=most_bytes // 1_000_000)
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8(file=path, byte=error.start + 1) from error
    except OSError as error:
        raise CannotRead(file=path, reason=error.strerror) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write the whole file, or leave what is there as it was."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise CannotWrite(file=path, reason=error.strerror) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
