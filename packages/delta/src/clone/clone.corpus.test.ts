import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CORPUS } from "../../test/corpus.ts";
import { duckdbCodec } from "../../test/duckdb-codec.ts";
import { deepClone, type JsonObject, LocalStorage, openTable, parseJson, shallowClone } from "../index.ts";

/** Keys of commitInfo that name who, when and where. */
const ENVIRONMENT = ["timestamp", "userId", "userName", "notebook", "clusterId", "engineInfo", "txnId"];

describe.skipIf(CORPUS === undefined)("a clone of the table that Databricks cloned", async () => {
  const group = `${CORPUS}/delta/trino/trino-dbr154-clone`;
  const directory = mkdtempSync(join(tmpdir(), "clxs-clone-"));
  const codec = await duckdbCodec();
  afterAll(() => {
    codec.close();
    rmSync(directory, { recursive: true });
  });
  const open = (root: string) =>
    openTable({
      storage: new LocalStorage(),
      codec,
      root,
      now: Date.now,
      uuid: randomUUID,
      engineInfo: "test",
    });

  test.for([
    ["deep_cloned_table", deepClone],
    ["shallow_cloned_table", shallowClone],
  ] as const)("%s commits what Databricks committed", async ([name, clone]) => {
    const source = await open(`${group}/clone_source`).snapshot();
    const target = join(directory, name);
    await clone({ source, sourceName: "source_table", target: open(target) });
    const ours = firstCommit(target);
    const theirs = firstCommit(`${group}/${name}`);
    expect(ours.map((a) => Object.keys(a))).toEqual(theirs.map((a) => Object.keys(a)));
    expect(neutral(ours)).toEqual(neutral(theirs));
    expect(ours[1]?.["metaData"]?.["id"]).not.toBe(source.metadata.id);
    const location = `file://${group}/clone_source/part-00000-d47cc824-9a87-40c6-9e6b-528d933a30f9-c000.snappy.parquet`;
    // The fixture's own shallow clone was edited to a relative path, so that the folder can be moved.
    expect(ours[2]?.["add"]?.["path"]).toBe(clone === deepClone ? theirs[2]?.["add"]?.["path"] : location);
  });
});

function firstCommit(root: string): Record<string, JsonObject>[] {
  const text = readFileSync(`${root}/_delta_log/00000000000000000000.json`, "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => parseJson(line) as Record<string, JsonObject>);
}

function neutral(actions: readonly Record<string, JsonObject>[]): unknown {
  const hidden: Record<string, readonly string[]> = {
    commitInfo: ENVIRONMENT,
    metaData: ["id"],
    add: ["path"],
  };
  return actions.map((action) =>
    Object.entries(action).map(([kind, body]) => [
      kind,
      Object.fromEntries(Object.entries(body).filter(([key]) => !hidden[kind]?.includes(key))),
    ]),
  );
}
