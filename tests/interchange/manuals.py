"""Manuals for the exporters' tests: small, and with one of everything that a unit file may hold."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from dataclasses import replace

from app.interchange.formats.document import Audience, Manual, ManualBlock, ManualModule, ManualUnit
from app.interchange.formats.markdown_tree import parse_markdown
from app.interchange.formats.nodes import Typed


def png(width: int = 4, height: int = 2) -> bytes:
    """A real PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x20\x80\x40" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#284"/></svg>'

TEXTS = (
    "# Por qué tenemos una **cooperativa**",
    "Un párrafo con *cursiva*, **negrita**, `código` y [un enlace](https://example.org/a?b=1&c=2).",
    "/// objectives | Lo que usted podrá hacer\n\n- Explicar el excedente\n- Nombrar los tres papeles\n///",
    "/// materials | Qué llevar\n\n- Papelotes secretos\n///",
    "/// plan | Los 120 minutos\n\n| Minutos | Qué |\n|--:|---|\n| 100 | Plan reservado |\n| 20 | Cierre |\n///",
    "## Primeros pasos",
    "1. Uno\n2. Dos\n    - dentro\n        1. más dentro\n3. Tres",
    "Entre dos listas.",
    "1. Otra vez uno\n2. Otra vez dos",
    "- punto\n\n    sigue el punto\n- otro punto",
    "| Mes | Soles |\n|---|--:|\n| enero | 40 |\n| febrero | 55 |",
    "> Una cita con sentido.",
    '![Una canasta de mercado](media/basket.png "La canasta")',
    "![Un dibujo](media/drawing.svg)",
    "```\ncódigo  con   espacios\n  y dos líneas\n```",
    "---",
    "/// activity | La canasta\n    minutes: 25\n    objectives: 1, 2\n\n1. Formen grupos\n2. Cuenten\n\n"
    "//// note | Nota escondida dentro\nNadie más la lee.\n////\n///",
    "/// case | El comprador de abril\n\nLlegó un comprador.\n\nEste caso es inventado.\n///",
    "/// note | Antes de empezar\n\nSecreto de quien facilita.\n///",
    "/// handout | Hoja\n\nNombre: ________\n///",
    "/// question | ¿Qué la hace distinta?\n    use: pre, post\n    objective: 1\n\n- [ ] Tiene oficinas\n"
    "- [x] Cada persona tiene un voto\n\n> Retro: un voto por persona.\n///",
    "/// question | ¿Qué haría usted?\n    use: post\n\n> Retro de la abierta.\n///",
    "/// access | Para quien lee poco\n\nLea en voz alta.\n///",
    "/// sources | Fuentes\n\n- Principios cooperativos\n///",
)
ONLY_FOR_FACILITATORS = (
    "Papelotes secretos",
    "Plan reservado",
    "Nota escondida dentro",
    "Nadie más la lee",
    "Secreto de quien facilita",
    "Lea en voz alta",
    "Retro: un voto por persona",
    "Retro de la abierta",
    "Respuesta correcta",
)


def blocks(*texts: str, prefix: str = "b") -> tuple[ManualBlock, ...]:
    """Blocks named after their place, with the kind that their text shows."""
    made = []
    for number, text in enumerate(texts):
        nodes = parse_markdown(text)
        kind = nodes[0].kind if nodes and isinstance(nodes[0], Typed) else "paragraph"
        made.append(ManualBlock(f"{prefix}{number}", kind, text))
    return tuple(made)


def manual(*texts: str, audience: Audience = Audience.FACILITATOR, language: str = "es-PE") -> Manual:
    """A manual of one module and one unit with these texts, or with one of everything."""
    unit = ManualUnit("u1", "Por qué tenemos una cooperativa", 120, blocks(*(texts or TEXTS)))
    return Manual(
        title="My.Coop",
        language=language,
        modules=(ManualModule("m1", "Lo básico", (unit,)),),
        edition="Perú · San Martín",
        version="1.2.0",
        region="PE-SAM",
        region_name="San Martín",
        audience=audience,
        credits=("Equipo de capacitación de San Martín", "Basado en la edición mundial 1.0.0"),
        licence="CC BY-SA 4.0",
        released_on=dt.date(2026, 3, 1),
        images={"media/basket.png": png(), "media/drawing.svg": SVG},
    )


def with_texts(base: Manual, named: dict[str, str], order: list[str] | None = None) -> Manual:
    """The same manual with other texts for some block uids, and its blocks in the order of these uids if given."""
    module = base.modules[0]
    unit = module.units[0]
    by_uid = {block.uid: block for block in unit.blocks}
    by_uid |= {uid: replace_text(by_uid.get(uid), uid, text) for uid, text in named.items()}
    uids = order if order is not None else [block.uid for block in unit.blocks]
    changed = replace(unit, blocks=tuple(by_uid[uid] for uid in uids))
    return replace(base, modules=(replace(module, units=(changed,)),))


def replace_text(block: ManualBlock | None, uid: str, text: str) -> ManualBlock:
    return block._replace(text=text) if block else blocks(text)[0]._replace(uid=uid)
