"""Runs the examples of docs/analysis.md as they stand there, and compares what three programs find.

    pip install -r tests/analysis_examples.txt
    python3 tests/analysis_examples.py PROGRAM

PROGRAM is the built `exeunt`. The files and folders of the page are made as it says, in a folder of their own. What DuckDB,
Polars and pandas find has to be the same, and what the tables in CSV say, read here line by line.
"""

import csv
import datetime
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict

import duckdb

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
PAGE = REPOSITORY / "docs" / "analysis.md"
PYTHON = {"# Polars": "Polars", "# pandas": "pandas"}
PROGRAMS = ["DuckDB", *PYTHON.values()]


def read_page():
    """Every example: the heading above it, its language and its text."""
    found, heading = [], ""
    for part in re.finditer(r"^## ([^\n]*)$|^```(\w+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        if part[1]:
            heading = part[1]
        else:
            found.append((heading, part[2], part[3]))
    return found


def make_folders(page, program):
    """The files and folders of the page, in the current one."""
    os.symlink(REPOSITORY / "scenarios", "scenarios")
    for _, language, text in page:
        if language == "toml":
            pathlib.Path(re.match(r"# (\S+)\n", text)[1]).write_text(text, encoding="utf-8")
    for _, language, text in page:
        for line in text.splitlines() if language == "sh" else []:
            words = line.split()
            assert words[0] == "exeunt", f"only exeunt is run: {line}"
            subprocess.run([program, *words[1:], "--quiet"], check=True)
    # The same rows as CSV, for what is read here.
    subprocess.run([program, "merge", "results/my-sweep", "--format", "csv,parquet", "--quiet"], check=True)


def plain(cell):
    """A cell as every program would give it."""
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(cell, bool) or type(cell).__name__ == "bool_":
        return bool(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, (str, datetime.date)):
        return cell
    number = float(cell)
    return None if math.isnan(number) else number


class Table:
    """A table, whatever the order of its rows and columns."""

    def __init__(self, columns, rows):
        order = sorted(range(len(columns)), key=lambda place: columns[place])
        self.columns = [columns[place] for place in order]
        self.rows = sorted(([plain(row[place]) for place in order] for row in rows), key=self.place)

    @staticmethod
    def place(row):
        """Where a row stands: numbers may differ in their last digits."""
        return [(cell is None, type(cell).__name__, f"{cell:.6g}" if isinstance(cell, float) else str(cell)) for cell in row]

    def differs(self, other):
        """In what another one differs; nothing if it does not."""
        if self.columns != other.columns:
            return f"columns {self.columns} and {other.columns}"
        if len(self.rows) != len(other.rows):
            return f"{len(self.rows)} rows and {len(other.rows)}"
        for row, there in zip(self.rows, other.rows):
            for column, cell, cell_there in zip(self.columns, row, there):
                numbers = isinstance(cell, float) and isinstance(cell_there, float)
                same = math.isclose(cell, cell_there, rel_tol=1e-9, abs_tol=1e-12) if numbers else cell == cell_there
                if not same:
                    return f"{column}: {cell!r} and {cell_there!r} in {row} and {there}"
        return None


def run_examples(page):
    """Runs every example; each program's tables by name, and which examples there were by heading."""
    database, spaces, seen = duckdb.connect(), {program: {} for program in PYTHON.values()}, defaultdict(list)
    for heading, language, text in page:
        if language == "sql":
            database.execute(text)
            seen[heading].append("DuckDB")
        elif language == "python":
            program = PYTHON[text.splitlines()[0]]
            exec(compile(text, f"{PAGE.name}, {heading}", "exec"), spaces[program])
            seen[heading].append(program)
    views = [name for name, in database.execute("select view_name from duckdb_views() where not internal").fetchall()]
    tables = {"DuckDB": {}, "Polars": {}, "pandas": {}}
    for name in views:
        found = database.execute(f"from {name}")
        columns = [column[0] for column in found.description]
        tables["DuckDB"][name] = Table(columns, found.fetchall())
        if (frame := spaces["Polars"].get(name)) is not None:
            tables["Polars"][name] = Table(frame.columns, frame.rows())
        if (frame := spaces["pandas"].get(name)) is not None:
            tables["pandas"][name] = Table(list(frame.columns), list(frame.itertuples(index=False, name=None)))
    return tables, seen


def rows_of(path):
    """The rows of a table in CSV; an empty cell is nothing."""
    with open(path, encoding="utf-8", newline="") as file:
        return [{column: cell or None for column, cell in row.items()} for row in csv.DictReader(file)]


def averages(values):
    """The mean of each list of a table of lists."""
    return {key: statistics.fmean(numbers) for key, numbers in values.items()}


def expected():
    """The tables of the page, from the CSV alone, one row after another."""
    outcomes, runs = rows_of("results/my-sweep/outcomes.csv"), rows_of("results/my-sweep/runs.csv")
    levels = defaultdict(dict)
    for row in rows_of("results/my-sweep/points.csv"):
        name = {"behaviour.choice.lambda": "elasticity", "regime": "regime"}[row["path"]]
        levels[row["point"]][name] = float(row["value"]) if name == "elasticity" else row["text"]
    leavers, held, done = [], defaultdict(dict), set()
    for row in outcomes:
        key = (row["scenario"], int(row["draw"]), int(row["replicate"]))
        done.add(key)
        if row["country"] == "ALL" and row["outcome"] == "held_by_cause_at_end":
            held[key][row["group"]] = float(row["value"])
        if row["country"] == "ALL" and row["group"] == "ALL" and row["outcome"] == "left":
            at = levels[row["draw"]]
            leavers.append((*key, at["elasticity"], at["regime"], float(row["value"])))
    unfinished = [
        (row["scenario"], int(row["draw"]), int(row["replicate"]), row["state"], row["reason"])
        for row in runs
        if (row["scenario"], int(row["draw"]), int(row["replicate"])) not in done
    ]
    pairs = defaultdict(dict)
    for scenario, *pair, value in leavers:
        pairs[tuple(pair)][scenario] = value
    difference = {pair: found["sooner"] - found["border-closes"] for pair, found in pairs.items()}
    of_point = defaultdict(list)
    for (draw, _, elasticity, regime), value in difference.items():
        of_point[draw, elasticity, regime].append(value)
    parts = defaultdict(list)
    for (_, elasticity, regime), value in averages(of_point).items():
        parts[regime, elasticity >= 0.6].append(value)
    run = ["scenario", "draw", "replicate"]
    pair = ["draw", "replicate", "elasticity", "regime"]
    causes = ["barred", "deterred", "means"]
    return {
        "levels": Table(["draw", "elasticity", "regime"], [(int(d), v["elasticity"], v["regime"]) for d, v in levels.items()]),
        "leavers": Table([*run, "elasticity", "regime", "value"], leavers),
        "unfinished": Table([*run, "state", "reason"], unfinished),
        "side_by_side": Table(
            [*pair, "border-closes", "sooner"],
            [(*key, found["border-closes"], found["sooner"]) for key, found in pairs.items()],
        ),
        "differences": Table([*pair, "difference"], [(*key, value) for key, value in difference.items()]),
        "plotted": Table(
            ["regime", "upper_half", "points", "mean", "standard_error"],
            [(*key, len(v), statistics.fmean(v), statistics.stdev(v) / math.sqrt(len(v))) for key, v in parts.items()],
        ),
        "held": Table([*run, *causes], [(*key, *(found.get(cause) for cause in causes)) for key, found in held.items()]),
        "compared": compared(),
        "course": course(),
    }


def compared():
    """What `comparison` of the folder says, which exeunt has computed."""
    row = ["outcome", "group", "country"]
    rows = rows_of("results/my-comparison/comparison.csv")
    return Table([*row, "difference"], [(*(r[c] for c in row), float(r["difference"])) for r in rows if r["difference"]])


def course():
    """Sums over segments, empty where all are."""
    cells = defaultdict(lambda: defaultdict(list))
    for row in rows_of("results/my-run/homes.csv"):
        for column in ("abroad", "left", "detained"):
            cells[int(row["replicate"]), datetime.date.fromisoformat(row["date"])][column] += [row[column]] if row[column] else []
    rows = [
        (*key, *(sum(map(int, found[c])) if found[c] else None for c in ("abroad", "left", "detained")))
        for key, found in cells.items()
    ]
    return Table(["replicate", "date", "abroad", "left", "detained"], rows)


def check(tables, should_be):
    """What is not as it should be."""
    faults = []
    for name, table in should_be.items():
        for program in PROGRAMS:
            found = tables[program].get(name)
            fault = "there is none" if found is None else found.differs(table)
            if fault:
                faults.append(f"{name}, {program}: {fault}")
        # The comparison has to see a number that was changed, and a row that is missing.
        for planted in plant(table):
            if not planted.differs(table):
                faults.append(f"{name}: a planted fault was not seen")
    return faults


def plant(table):
    """The table with one fault, in each way."""
    for rows in (table.rows[1:], [[*table.rows[0][:-1], "other"], *table.rows[1:]]) if table.rows else ():
        fault = Table(table.columns, [])
        fault.rows = rows
        yield fault
    for place, cell in enumerate(table.rows[0] if table.rows else ()):
        if isinstance(cell, float) and cell:
            fault = Table(table.columns, [])
            fault.rows = [[*table.rows[0][:place], cell * (1 + 1e-6), *table.rows[0][place + 1:]], *table.rows[1:]]
            yield fault


def main():
    """Makes the folders, runs the page and checks what it finds."""
    if len(sys.argv) != 2:
        sys.exit("usage: python3 tests/analysis_examples.py PROGRAM")
    program, page = str(pathlib.Path(sys.argv[1]).resolve()), read_page()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        make_folders(page, program)
        tables, seen = run_examples(page)
        should_be = expected()
        os.chdir(REPOSITORY)
    faults = check(tables, should_be)
    for heading, programs in seen.items():
        if programs != PROGRAMS:
            faults.append(f"{heading}: examples of {programs} instead of {PROGRAMS}")
    for name in sorted(set(tables["DuckDB"]) - set(should_be) - {"outcomes", "runs"}):
        faults.append(f"{name} is compared with nothing")
    for name, table in should_be.items():
        # Only what is unfinished should have no rows.
        if bool(table.rows) == (name == "unfinished"):
            faults.append(f"{name} has {len(table.rows)} rows")
        print(f"{name:12} {len(table.rows):5} rows, {len(table.columns)} columns")
    if faults:
        sys.exit("\n".join(faults[:40]) + f"\n{len(faults)} faults")
    print("the same for " + ", ".join(PROGRAMS) + " and the tables in CSV")


if __name__ == "__main__":
    main()
