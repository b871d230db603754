#!/usr/bin/env python3
"""Every dependency has a licence that deny.toml allows and comes from crates.io: asked of cargo.

Where packages are missing that only other systems build, cargo fetches them first. cargo deny, which .ci/advisories
calls, looks at known weaknesses besides; it needs a network of its own.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"


def allowed(expression, allow):
    """Whether an expression of SPDX can be met by licences of a list; AND binds more than OR."""
    words = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))
    place = 0

    def any_of():
        nonlocal place
        met = all_of()
        while place < len(words) and words[place] == "OR":
            place += 1
            met = all_of() or met
        return met

    def all_of():
        nonlocal place
        met = one()
        while place < len(words) and words[place] == "AND":
            place += 1
            met = one() and met
        return met

    def one():
        nonlocal place
        word = words[place]
        place += 1
        if word == "(":
            met = any_of()
            place += 1
            return met
        if place < len(words) and words[place] == "WITH":
            word = " ".join(words[place - 1 : place + 2])
            place += 2
        return word in allow

    met = any_of()
    return met and place == len(words)


def main():
    for expression, wanted in [
        ("MIT", True),
        ("GPL-3.0 OR MIT", True),
        ("GPL-3.0", False),
        ("(MIT OR GPL-3.0) AND GPL-3.0", False),
        ("(MIT OR GPL-3.0) AND Zlib", True),
        ("Apache-2.0 WITH LLVM-exception", False),
        ("Unlicense/MIT", True),
    ]:
        assert allowed(expression, {"MIT", "Zlib", "Apache-2.0"}) == wanted, expression
    allow = set(tomllib.loads((ROOT / "deny.toml").read_text())["licenses"]["allow"])
    subprocess.run(["cargo", "fetch", "--locked", "--quiet"], cwd=ROOT, check=True)
    command = ["cargo", "metadata", "--locked", "--offline", "--format-version", "1"]
    packages = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)["packages"]
    faults, used = [], set()
    for package in packages:
        name = f"{package['name']} {package['version']}"
        licence = package["license"] or ""
        if package["source"] not in (None, CRATES_IO):
            faults.append(f"{name} comes from {package['source']}")
        if not licence or not allowed(licence, allow):
            faults.append(f"{name} has the licence {licence or 'none'}, which deny.toml does not allow")
        used |= set(re.findall(r"[^\s()/]+", licence))
    faults += [f"deny.toml allows {licence}, which nothing has" for licence in sorted(allow - used)]
    for fault in faults:
        print(f"error: {fault}", file=sys.stderr)
    print(f"{len(packages)} packages, {len(faults)} faults")
    return 1 if faults else 0


sys.exit(main())
