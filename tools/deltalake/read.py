"""Reads Delta tables by delta-rs: for the interop tests.

    python read.py < questions > answers

A question is a line of JSON, `{"location": "/a/table", "version": 3}` for the rows of a version or `{"location": …, "history": true}`, and so is
its answer: `{"rows": [[…], …]}`, `{"history": [{…}, …]}` or `{"error": "…"}`. Nested values are objects, lists, and pairs for maps.
"""

import json
import sys
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, QueryBuilder

sys.path.insert(0, str(Path(__file__).parent.parent))
from cells import cell


def answer(question):
    if question.get("history"):
        return {"history": DeltaTable(question["location"]).history()}
    table = DeltaTable(question["location"], version=question["version"])
    return {"rows": rows_of(table)}


def rows_of(table):
    read = pa.table(QueryBuilder().register("t", table).execute("SELECT * FROM t").read_all())
    columns = [[shown(value, field.type) for value in read.column(i).to_pylist()] for i, field in enumerate(read.schema)]
    return [list(row) for row in zip(*columns)]


def shown(value, kind):
    if value is None:
        return None
    if pa.types.is_struct(kind):
        return {field.name: shown(value[field.name], field.type) for field in kind}
    if pa.types.is_map(kind):
        return [[shown(key, kind.key_type), shown(item, kind.item_type)] for key, item in value]
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return [shown(item, kind.value_type) for item in value]
    return cell(value)


def main():
    for line in sys.stdin:
        try:
            told = answer(json.loads(line))
        except Exception as error:
            told = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
