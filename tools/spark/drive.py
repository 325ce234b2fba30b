"""Runs the shipped continuous_sync.py on a local Spark with Delta, a tick at a time: for the interop tests.

    python drive.py <continuous_sync.py> <program.json> <tables.json> <jars>

tables.json names the directory of each table that the program mentions. Reads words from standard input, one a line, and answers each
with a line: `tick` looks at all tables once, `serve` runs the file as a job does, until it is killed.
"""

import importlib.util
import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession


def main(task_file, program, tables, jars):
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", ",".join(str(path) for path in Path(jars).glob("*.jar")))
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    for name, location in json.loads(Path(tables).read_text()).items():
        spark.sql(f"CREATE SCHEMA IF NOT EXISTS {name.split('.')[0]}")
        spark.sql(f"CREATE TABLE IF NOT EXISTS {name} USING delta LOCATION '{location}'")
    spec = importlib.util.spec_from_file_location("continuous_sync", task_file)
    task = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(task)
    loop = task.Loop(spark, json.loads(Path(program).read_text()), lambda line: print(f"log {line}", flush=True))
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "serve":
            print("serving", flush=True)
            task.main(program)
        loop.tick()
        print("ticked", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
