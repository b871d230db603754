"""Two programs that are not ours read every Parquet table of a results folder and find what the CSV says.

    pip install -r tests/parquet_readers.txt
    exeunt run scenarios/examples/queue.toml --scale 30 --format csv,parquet --out RESULTS
    python3 tests/parquet_readers.py RESULTS

What the columns should be is read from docs/results.md, so that the page is tested too.
"""

import csv
import datetime
import pathlib
import re
import sys
from dataclasses import dataclass

import duckdb
import pyarrow.parquet

PAGE = pathlib.Path(__file__).parent.parent / "docs" / "results.md"

# A type of docs/results.md: how a cell of CSV is understood, and what each reader calls the type.
KINDS = {
    "text": (str, "string", "VARCHAR"),
    "date": (datetime.date.fromisoformat, "date32[day]", "DATE"),
    "whole number": (int, "int64", "BIGINT"),
    "number": (float, "double", "DOUBLE"),
}

# What docs/results.md says of the tables, as queries for the rows where it does not hold.
IDENTITIES = {
    "persons of a segment are at home, away or held elsewhere": """
        select * from homes where persons <> at_home + coalesce(applying, 0) + coalesce(detained, 0)
            + coalesce(mobilised, 0) + abroad""",
    "departures have one motive each": """
        select * from homes where "left" <> left_by_ordinary + left_by_persecution + left_by_mobilisation
            + left_by_hardship + left_by_conscience""",
    "whoever is held is at home": """
        select * from homes where coalesce(barred, 0) + coalesce(deterred, 0) + coalesce(held_by_means, 0) > at_home""",
    "whoever is abroad stays somewhere and is somebody's newcomer": """
        with stay as (select draw, replicate, date, sum(persons) as stays from stays group by all),
             away as (select draw, replicate, date, sum(abroad) as abroad from homes group by all),
             here as (select draw, replicate, date, sum(newcomers) as newcomers,
                             sum(coalesce(in_transit, 0)) as transit from countries group by all)
        select * from away join here using (draw, replicate, date) left join stay using (draw, replicate, date)
        where abroad <> coalesce(stays, 0) + transit or abroad <> newcomers""",
    "newcomers change by arrivals and departures": """
        select * from (select *, newcomers - lag(newcomers)
                           over (partition by draw, replicate, country order by date) as change from countries)
        where change <> arrivals - departures_onward - departures_return""",
}


@dataclass
class Column:
    """A column as docs/results.md has it."""

    name: str
    kind: str
    unit: str
    may_be_empty: bool
    meaning: str

    def parse(self, text):
        """The value of a cell of CSV; nothing where it is empty."""
        return KINDS[self.kind][0](text) if text else None


@dataclass
class Found:
    """A table as a reader sees it."""

    names: list
    types: list
    optional: list
    rows: list
    metadata: dict


def read_page():
    """The columns of each table."""
    tables, columns = {}, None
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        heading = re.fullmatch(r"## (.*)", line)
        if heading:
            name = re.fullmatch(r"`(\w+)`", heading[1])
            columns = tables.setdefault(name[1], []) if name else None
        elif columns is not None and line.startswith("| `"):
            name, kind, unit, role, meaning = (part.strip() for part in line.strip("|").split("|"))
            columns.append(Column(name.strip("`"), kind, unit, "may be empty" in role, meaning))
    return tables


def read_csv(path, columns):
    """The rows of a table in CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading == [column.name for column in columns], f"{path.name} has other columns than docs/results.md: {heading}"
    return [tuple(column.parse(cell) for column, cell in zip(columns, row, strict=True)) for row in rows]


def read_with_pyarrow(path):
    """The table as PyArrow sees it."""
    file = pyarrow.parquet.ParquetFile(path)
    fields = list(file.schema_arrow)
    columns = [column.to_pylist() for column in file.read().columns]
    return Found(
        [field.name for field in fields],
        [str(field.type) for field in fields],
        [field.nullable for field in fields],
        list(zip(*columns)),
        {key.decode(): value.decode() for key, value in (file.metadata.metadata or {}).items()},
    )


def read_with_duckdb(path):
    """The table as DuckDB sees it."""
    name = [str(path)]
    described = duckdb.execute("describe from read_parquet(?)", name).fetchall()
    schema = "select name, repetition_type from parquet_schema(?) where type is not null"
    repetition = dict(duckdb.execute(schema, name).fetchall())
    pairs = "select decode(key), decode(value) from parquet_kv_metadata(?)"
    return Found(
        [row[0] for row in described],
        [row[1] for row in described],
        [repetition[row[0]] == "OPTIONAL" for row in described],
        duckdb.execute("from read_parquet(?)", name).fetchall(),
        dict(duckdb.execute(pairs, name).fetchall()),
    )


READERS = {"PyArrow": (read_with_pyarrow, 1), "DuckDB": (read_with_duckdb, 2)}


def faults_of(found, table, columns, expected, types):
    """What is not as it should be."""
    faults = []

    def compare(what, is_, should_be):
        if is_ != should_be:
            faults.append(f"{what}: {is_!r} instead of {should_be!r}")

    compare("columns", found.names, [column.name for column in columns])
    compare("types", found.types, types)
    compare("may be null", found.optional, [column.may_be_empty for column in columns])
    compare("number of rows", len(found.rows), len(expected))
    for index, column in enumerate(columns):
        nulls = [sum(row[index] is None for row in rows) for rows in (found.rows, expected)]
        compare(f"nulls of {column.name}", *nulls)
    for number, (row, should_be) in enumerate(zip(found.rows, expected)):
        for column, value, other in zip(columns, row, should_be):
            # Types too: 1 is not 1.0, a number is not its digits.
            if type(value) is not type(other) or value != other:
                faults.append(f"row {number}, {column.name}: {value!r} instead of {other!r}")
    compare("exeunt.table", found.metadata.get("exeunt.table"), table)
    compare("a stream version", found.metadata.get("exeunt.stream_version", "").isdigit(), True)
    for column in columns:
        for what, should_be in (("unit", column.unit or None), ("meaning", column.meaning)):
            key = f"exeunt.column.{column.name}.{what}"
            compare(key, found.metadata.get(key), should_be)
    return faults


def check_table(folder, table, columns):
    """Reads one table with every reader; the number of rows and the faults."""
    expected = read_csv(folder / f"{table}.csv", columns)
    faults = []
    for reader, (read, kind) in READERS.items():
        found = read(folder / f"{table}.parquet")
        types = [KINDS[column.kind][kind] for column in columns]
        faults += [f"{table}, {reader}: {fault}" for fault in faults_of(found, table, columns, expected, types)]
        # The comparison itself has to see a cell that was changed, emptied or filled, and a row that went missing.
        if expected and not faults:
            faults += [f"{table}, {reader}: a planted fault was not seen: {planted}"
                       for planted, rows in plant(expected)
                       if not faults_of(found, table, columns, rows, types)]
    nulls = sum(cell is None for row in expected for cell in row)
    print(f"{table:10} {len(expected):6} rows, {len(columns):2} columns, {nulls:5} nulls: "
          + ("as in the CSV for " + " and ".join(READERS) if not faults else f"{len(faults)} FAULTS"))
    return len(expected), faults


def plant(rows):
    """The rows with one fault, in every way."""
    first = rows[0]

    def changed(at, cell):
        return [first[:at] + (cell,) + first[at + 1:], *rows[1:]]

    filled = max(at for at, cell in enumerate(first) if cell is not None)
    yield "another value", changed(filled, first[filled] * 2 or 1)
    yield "a text for a number", changed(filled, str(first[filled]))
    yield "a null for a value", changed(filled, None)
    yield "a row missing", rows[1:]
    if None in first:
        yield "a zero for a null", changed(first.index(None), 0)


def check_identities(folder, tables):
    """The identities of docs/results.md, asked of the Parquet files in SQL."""
    for table in tables:
        path = str(folder / f"{table}.parquet").replace("'", "''")
        duckdb.execute(f"create view {table} as from '{path}'")
    faults = []
    for what, query in IDENTITIES.items():
        broken = duckdb.execute(f"select count(*) from ({query})").fetchone()[0]
        print(f"in SQL: {what}: " + ("holds" if not broken else f"FAILS in {broken} rows"))
        if broken:
            faults.append(f"{what}: fails in {broken} rows")
    # A query that finds nothing in a table without its rows would prove nothing.
    abroad = duckdb.execute("select sum(abroad), sum(\"left\") from homes").fetchone()
    if not all(abroad):
        faults.append("nobody left or is abroad: the identities were not tried")
    return faults


def main():
    """Checks a results folder."""
    if len(sys.argv) != 2:
        sys.exit("usage: python3 tests/parquet_readers.py RESULTS")
    folder, page, faults = pathlib.Path(sys.argv[1]), read_page(), []
    tables = sorted(path.stem for path in folder.glob("*.parquet"))
    if tables != sorted(page):
        faults.append(f"the folder has the tables {tables}, docs/results.md has {sorted(page)}")
    for table in (table for table in page if table in tables):
        rows, found = check_table(folder, table, page[table])
        faults += found or ([] if rows else [f"{table} has no rows: nothing was compared"])
    if not faults:
        faults += check_identities(folder, page)
    if faults:
        sys.exit("\n".join(faults[:40]) + f"\n{len(faults)} faults")


if __name__ == "__main__":
    main()
