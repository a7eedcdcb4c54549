"""The long trial, for ``make chaos``: prints one JSON object for each database and fails if a promise was broken."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict

from tests.chaos.trial import try_out


def main() -> int:
    """Try both databases out, or the one that is named; return 1 if anything was lost or wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=20_000, help="acknowledged answers (20000)")
    parser.add_argument("--kills", type=int, default=25, help="kills of the server (25)")
    parser.add_argument("--database-kills", type=int, default=5, help="kills of PostgreSQL (5)")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    parser.add_argument("--seed", type=int, default=1, help="of chance (1)")
    options = parser.parse_args()
    is_bad = False
    for database in (options.database,) if options.database else ("sqlite", "postgresql"):
        outcome = try_out(
            database,
            answers=options.answers,
            kills=options.kills,
            database_kills=options.database_kills if database == "postgresql" else 0,
            seed=options.seed,
            tell=lambda said: print(said, file=sys.stderr, flush=True),
        )
        figures = asdict(outcome)
        log = figures.pop("log")
        print(json.dumps({"database": database, **figures, "load": os.getloadavg()}), flush=True)
        if outcome.faults:
            is_bad = True
            print(log, file=sys.stderr)
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
