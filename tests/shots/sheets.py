"""Contact sheets: twelve pictures on a sheet, each with the address of its page under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

PER_SHEET = 12
COLUMNS = {"phone": 6, "desktop": 4}
WIDTHS = {"phone": 360, "desktop": 640}  # of one picture on the sheet
GAP, CAPTION = 24, 40
PAPER, INK = "#8a8a82", "#000000"


def sheets(captioned: Sequence[tuple[str, bytes]], device: str) -> Iterator[Image.Image]:
    """The pictures of one device, twelve to a sheet, in the order given."""
    for start in range(0, len(captioned), PER_SHEET):
        yield _sheet(captioned[start : start + PER_SHEET], device)


def _sheet(captioned: Sequence[tuple[str, bytes]], device: str) -> Image.Image:
    width = WIDTHS[device]
    pictures = [(caption, _scaled(picture, width)) for caption, picture in captioned]
    columns = min(COLUMNS[device], len(pictures))
    rows = -(-len(pictures) // columns)
    height = max(picture.height for _, picture in pictures)
    sheet = Image.new("RGB", (GAP + columns * (width + GAP), GAP + rows * (height + CAPTION + GAP)), PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    for at, (caption, picture) in enumerate(pictures):
        left = GAP + at % columns * (width + GAP)
        top = GAP + at // columns * (height + CAPTION + GAP)
        draw.text((left, top), _fitting(caption, font, width), fill=INK, font=font)
        sheet.paste(picture, (left, top + CAPTION))
    return sheet


def _scaled(picture: bytes, width: int) -> Image.Image:
    image = Image.open(BytesIO(picture)).convert("RGB")
    return image if image.width == width else image.resize((width, image.height * width // image.width))


def _fitting(caption: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> str:
    """The end of a caption, as much as fits: addresses differ at their ends."""
    while font.getlength(caption) > width and len(caption) > 10:
        caption = "…" + caption.lstrip("…")[4:]
    return caption
