"""`./run bench [NAME ...] [--runs N] [--json FILE]`: measure, floor, ratio, and the ratio wanted."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import (
    anchoring,
    documents,
    exporting,
    importing,
    library,
    memory,
    pages,
    reading,
    start,
    workspace,
    workspace_window,
)
from tests.bench.measure import Row, spin_ms

MEASURES = {
    **start.MEASURES,
    **reading.MEASURES,
    **library.MEASURES,
    **workspace.MEASURES,
    **workspace_window.MEASURES,
    **exporting.MEASURES,
    **documents.MEASURES,
    **importing.MEASURES,
    **pages.MEASURES,
    **memory.MEASURES,
    **anchoring.MEASURES,
}
HEAD = f"{'measure':<62} {'value':>10} {'floor':>10} {'ratio':>6} {'wanted':>6}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of: {', '.join(MEASURES)} (all without a name)")
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each process start (default 7)")
    parser.add_argument("--json", type=Path, help="write the rows to this file too")
    args = parser.parse_args()
    unknown = [name for name in args.names if name not in MEASURES]
    if unknown:
        parser.error(f"no such measure: {', '.join(unknown)}")
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, a fixed loop takes {spin_ms():.1f} ms\n{HEAD}")
    rows: list[Row | anchoring.Line] = []
    with tempfile.TemporaryDirectory(prefix="passage-bench-") as folder:
        for name in args.names or MEASURES:
            place = Path(folder, name)
            place.mkdir()
            made = MEASURES[name](place, args.runs)
            for row in made if isinstance(made, list) else [made]:
                rows.append(row)
                print(row.line(), flush=True)
    if args.json:
        args.json.write_text(json.dumps([row.as_dict() for row in rows], indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
