"""Runs SQL on a local Spark with Delta: for the interop tests. One JVM for many statements, as it takes its time to start.

    python sql.py <jars> < questions > answers

Says `ready`, then answers each line of JSON, `{"sql": "SELECT …"}`, with one: `{"columns": [[name, type], …], "rows": [[…], …]}` or
`{"error": "…"}`. Nested values are objects, lists, and pairs for maps. A table is named by its directory: delta.`/a/table`.
"""

import json
import os
import sys
import time
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql.types import ArrayType, MapType, StructType

sys.path.insert(0, str(Path(__file__).parent.parent))
from cells import cell


def open_spark(jars):
    os.environ["TZ"] = "UTC"
    time.tzset()
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", ",".join(str(path) for path in Path(jars).glob("*.jar")))
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.extraJavaOptions", "-Duser.timezone=UTC")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    return spark


def answer(spark, question):
    frame = spark.sql(question["sql"])
    fields = frame.schema.fields
    rows = [[shown(value, field.dataType) for value, field in zip(row, fields)] for row in frame.collect()]
    return {"columns": [[field.name, field.dataType.simpleString()] for field in fields], "rows": rows}


def shown(value, kind):
    if value is None:
        return None
    if isinstance(kind, StructType):
        return {field.name: shown(item, field.dataType) for item, field in zip(value, kind.fields)}
    if isinstance(kind, MapType):
        return [[shown(key, kind.keyType), shown(item, kind.valueType)] for key, item in value.items()]
    if isinstance(kind, ArrayType):
        return [shown(item, kind.elementType) for item in value]
    return cell(value)


def main(jars):
    spark = open_spark(jars)
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            told = answer(spark, json.loads(line))
        except Exception as error:
            told = {"error": str(error).split("JVM stacktrace")[0][:2000]}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
