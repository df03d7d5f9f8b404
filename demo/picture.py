"""Draws docs/demo.svg, the README's picture, from the instance that the last `./run demo` left: `python -m demo.picture`."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

from rich.console import Console

from demo.__main__ import hisobot, table_of

PICTURE = Path(__file__).parent.parent / "docs" / "demo.svg"
SHOWN = ("01", "02", "03", "04", "05", "06", "07", "09", "10", "11", "16")


def main() -> None:
    rows = [json.loads(line) for line in hisobot("export", "messages", quiet=True).splitlines()]
    console = Console(width=128, record=True, file=io.StringIO())
    console.print("$ ./run demo")
    console.print(table_of([row for row in rows if row["file"].startswith(SHOWN)]))
    drawn = console.export_svg(title="hisobot")
    PICTURE.write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), encoding="utf-8")  # no fonts from elsewhere


if __name__ == "__main__":
    main()
