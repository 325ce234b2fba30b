"""Keeps Delta tables in sync with their sources: runs the program whose path it is given until it is told to end.

The program says every statement; this file says in which order. It needs a Spark session and nothing else, so it runs on serverless and
classic compute and on plain Spark with Delta. Where each copy is stands in the properties of the copy, never here: killed at any moment,
the next run goes on from there, and merging the same changes twice changes nothing.
"""

import json
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from pyspark.sql import SparkSession

TABLES_AT_ONCE = 4
STREAM, VERSION, AT = "clxs.stream", "clxs.stream.version", "clxs.stream.at"
PLAIN_TYPE = re.compile(r"^[a-z_]+(\(\d+(, ?\d+)?\))?$", re.IGNORECASE)


class GivesUp(Exception):
    """A table failed too often in a row."""


def fill(template, values):
    """A statement from its pieces: text as it is, and digits or quoted columns in its holes."""
    return "".join(part if isinstance(part, str) else str(values[part["hole"]]) for part in template)


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


class Loop:
    def __init__(self, spark, program, log=print):
        self.spark, self.program, self.log = spark, program, log
        self.tables = {table["key"]: table for table in program["tables"]}
        # What is known of the copies; all of it can be found out again.
        self.positions, self.failures = {}, {}

    def sql(self, template, **values):
        return self.spark.sql(fill(template, values))

    def run(self, until=lambda tick: False):
        begun, interval, tick = time.monotonic(), self.program["stream"]["trigger_ms"] / 1000, 0
        while not until(tick):
            self.tick()
            tick += 1
            # Ticks keep to their times; those that a long one left no time for are left out.
            passed = time.monotonic() - begun
            time.sleep(interval - passed % interval)

    def tick(self):
        newest = {}
        for batch in self.program["newest"]:
            newest.update(self.newest_commits(batch))
        moved = [key for key in self.tables if key not in newest or self.positions.get(key) != newest[key]]
        with ThreadPoolExecutor(TABLES_AT_ONCE) as pool:
            list(pool.map(lambda key: self.look_after(key, newest.get(key)), moved))

    def newest_commits(self, batch):
        """The newest commit of each source, or the error. Not every Spark takes several histories in one statement, nor one that fails."""
        try:
            rows = self.sql(batch["statement"]).collect()
            return {row["source_key"]: (int(row["version"]), int(row["at"])) for row in rows}
        except Exception:
            return {key: self.newest_commit(key) for key in batch["keys"]}

    def newest_commit(self, key):
        try:
            commit = self.commits(self.tables[key], 1).first()
            return (int(commit["version"]), int(commit["at"]))
        except Exception as error:
            return error

    def commits(self, table, limit):
        history = self.sql(table["statements"]["history"], limit=limit)
        return history.selectExpr("version", "unix_millis(timestamp) AS at", "operation")

    def look_after(self, key, newest):
        try:
            if not isinstance(newest, tuple):
                raise newest or RuntimeError("The source has no history.")
            how = self.sync(self.tables[key], newest)
            self.positions[key] = newest
            self.failures.pop(key, None)
            self.log(f"{key}: {how}, at version {newest[0]}")
        except Exception as error:
            self.failed(key, error)

    def failed(self, key, error):
        in_a_row = self.failures.get(key, 0) + 1
        self.failures[key] = in_a_row
        self.positions.pop(key, None)
        self.log(f"{key}: failure {in_a_row} in a row: {error}")
        if in_a_row >= self.program["give_up_after"]:
            stream, source = self.program["stream"]["stream_id"], self.tables[key]["source"]
            raise GivesUp(
                f"Stream {stream} gives up: {source} failed {in_a_row} times in a row, at last with: {error}"
            ) from error

    def sync(self, table, newest):
        """Brings one copy to the newest commit of its source and says how."""
        position, (version, at) = self.position(table), newest
        if position == newest:
            return "nothing to do"
        what, why = self.decide(table, position, newest)
        if what == "advance":
            self.keep(table, newest)
            return "no row changed"
        if what == "merge":
            why = self.merged(table, position, newest)
            if why is None:
                return "merged"
        self.sql(table["statements"]["refresh"], to=version, at=at)
        return f"cloned, as {why}"

    def position(self, table):
        properties = {row["key"]: row["value"] for row in self.sql(table["statements"]["properties"]).collect()}
        if properties.get(STREAM) != table["mark"]:
            raise RuntimeError(f"{table['target']} is not, or no longer, kept by this stream.")
        return (int(properties[VERSION]), int(properties[AT]))

    def keep(self, table, newest):
        """The position is written down after the rows: what was cut short is done again."""
        self.sql(table["statements"]["keep"], to=newest[0], at=newest[1])

    def decide(self, table, position, newest):
        # Some more than it takes: others may have come since the newest was looked for.
        limit = max(newest[0] - position[0], 0) + 21
        rows = self.commits(table, limit).where(f"version >= {position[0]}").collect()
        commits = {int(row["version"]): (int(row["at"]), row["operation"].upper()) for row in rows}
        if newest[0] < position[0] or position[0] not in commits:
            return "refresh", f"the source's history no longer has version {position[0]}"
        if commits[position[0]][0] != position[1]:
            return "refresh", "the source was made anew"
        passed = [what for version, (_, what) in sorted(commits.items()) if position[0] < version <= newest[0]]
        operations = self.program["operations"]
        if all(what in operations["neutral"] for what in passed):
            return "advance", None
        rebuilt = [what for what in passed if what in operations["rebuilding"]]
        if rebuilt:
            return "refresh", f"{rebuilt[0]} happened"
        return ("merge", None) if table["method"]["kind"] == "merge" else ("refresh", "it has no key")

    def merged(self, table, position, newest):
        """Merges the changes since the position; says why it cannot be done, if so."""
        try:
            return self.merge_changes(table, position, newest)
        except Exception as error:
            # What may pass by itself is left to the next tick; what failed then too did not pass.
            if is_about_statement(error) or table["key"] in self.failures:
                return str(error).split("\n", 1)[0]
            raise

    def merge_changes(self, table, position, newest):
        statements = table["statements"]
        source = self.sql(statements["source_columns"], to=newest[0]).dtypes
        target = self.sql(statements["target_columns"]).dtypes
        added = source[len(target) :]
        if source[: len(target)] != target or not all(PLAIN_TYPE.match(kind) for _, kind in added):
            return "columns have changed"
        if added:
            definitions = ", ".join(f"{quoted(name)} {kind}" for name, kind in added)
            self.sql(statements["add_columns"], definitions=definitions)
        span = {"from": position[0] + 1, "to": newest[0]}
        if self.sql(statements["merge"]["repeated"], **span).first()[0] != 0:
            return "a key is there more than once"
        names = [quoted(name) for name, _ in source]
        self.sql(
            statements["merge"]["merge"],
            **span,
            assignments=", ".join(f"t.{name} = s.{name}" for name in names),
            names=", ".join(names),
            values=", ".join(f"s.{name}" for name in names),
        )
        self.keep(table, newest)
        return None


def is_about_statement(error):
    """Whether Spark refused a statement for what it says or reads, so that saying it again would not help. Conflicts pass by themselves."""
    name = type(error).__name__
    return "Concurrent" not in str(error) and name in (
        "AnalysisException",
        "ParseException",
        "SparkRuntimeException",
        "UnsupportedOperationException",
        "IllegalArgumentException",
        "DateTimeException",
        "ArithmeticException",
    )


def main(path):
    with open(path, encoding="utf-8") as file:
        program = json.load(file)
    Loop(SparkSession.builder.getOrCreate(), program).run()


if __name__ == "__main__":
    main(sys.argv[1])
