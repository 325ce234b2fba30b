import { beforeEach, describe, expect, test } from "vitest";
import type { Action, DeletionVector } from "../actions.ts";
import { added, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import { appendFiles, createTable, type DeltaTable, type ReadSet, type Snapshot } from "../index.ts";

/** A table of two partitions with the files a and b in the first and c in the second, at version 1. */
let table: DeltaTable;
let base: Snapshot;
beforeEach(async () => {
  table = memoryTable();
  await createTable(table, {
    schema: SCHEMA,
    partitionColumns: ["p"],
    properties: { "delta.enableDeletionVectors": "true", "delta.feature.domainMetadata": "supported" },
  });
  await appendFiles(table, {
    base: await table.snapshot(),
    files: [inFirst("a"), inFirst("b"), inSecond("c")],
  });
  base = await table.snapshot();
});

const inFirst = (path: string) => added(path, { partitionValues: { p: "1" } });
const inSecond = (path: string) => added(path, { partitionValues: { p: "2" } });
const add = (file: ReturnType<typeof added>): Action => ({ add: file });
const remove = (file: ReturnType<typeof added>, dataChange = true): Action => ({
  remove: {
    path: file.path,
    partitionValues: file.partitionValues,
    size: 10,
    deletionTimestamp: 1,
    dataChange,
  },
});
const vector = (name: string): DeletionVector => ({
  storageType: "i",
  pathOrInlineDv: name,
  sizeInBytes: 1,
  cardinality: 1,
});
const masked = (name: string): Action[] => [
  remove(inFirst("a")),
  add({ ...inFirst("a"), deletionVector: vector(name) }),
];
const compacted = (file: ReturnType<typeof added>, into: string): Action[] => [
  remove(file, false),
  add({ ...file, path: into, dataChange: false }),
];
const metadata = (configuration: Record<string, string>): Action => {
  const { schema: _schema, ...metaData } = base.metadata;
  return { metaData: { ...metaData, configuration: { ...metaData.configuration, ...configuration } } };
};
const nothing: ReadSet = { kind: "nothing" };
const everything: ReadSet = { kind: "table" };
const exclusive: ReadSet = { kind: "exclusive" };
const files = (...paths: string[]): ReadSet => ({ kind: "files", paths: new Set(paths) });
const firstPartition: ReadSet = { kind: "where", matches: ({ p }) => p === "1" };

/** Operations: what they look at and do. Winners and losers are made of the same; `n` keeps their files apart. */
type Operation = (n: number) => { readonly reads: ReadSet; readonly actions: readonly Action[] };

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "blind append": (n) => ({ reads: nothing, actions: [add(inFirst(`new${n}`))] }),
  "batch of a stream": (n) => ({
    reads: nothing,
    actions: [{ txn: { appId: "app", version: n } }, add(inSecond(`new${n}`))],
  }),
  "insert of own rows, p=1": (n) => ({ reads: everything, actions: [add(inFirst(`own${n}`))] }),
  "insert of own rows, p=2": (n) => ({ reads: everything, actions: [add(inSecond(`own${n}`))] }),
  "update of file a": (n) => ({ reads: files("a"), actions: [remove(inFirst("a")), add(inFirst(`a${n}`))] }),
  "update of file c": (n) => ({
    reads: files("c"),
    actions: [remove(inSecond("c")), add(inSecond(`c${n}`))],
  }),
  "vector on file a": (n) => ({ reads: files("a"), actions: masked(`v${n}`) }),
  "update where p=1": (n) => ({
    reads: firstPartition,
    actions: [remove(inFirst("b")), add(inFirst(`b${n}`))],
  }),
  "update of any row": (n) => ({ reads: everything, actions: [remove(inFirst("b")), add(inFirst(`b${n}`))] }),
  overwrite: (n) => ({
    reads: everything,
    actions: [remove(inFirst("a")), remove(inFirst("b")), remove(inSecond("c")), add(inFirst(`over${n}`))],
  }),
  "OPTIMIZE of a": (n) => ({ reads: files("a"), actions: compacted(inFirst("a"), `a${n}`) }),
  "OPTIMIZE of c": (n) => ({ reads: files("c"), actions: compacted(inSecond("c"), `c${n}`) }),
  "a comment": () => ({ reads: nothing, actions: [metadata({ comment: "x", "delta.appendOnly": "false" })] }),
  "a constraint": () => ({ reads: nothing, actions: [metadata({ "delta.constraints.c": "id > 0" })] }),
  "a feature": () => ({
    reads: nothing,
    actions: [
      {
        protocol: {
          ...base.protocol,
          writerFeatures: [...(base.protocol.writerFeatures ?? []), "checkConstraints"],
        },
      },
    ],
  }),
  "a domain": () => ({
    reads: nothing,
    actions: [{ domainMetadata: { domain: "x", configuration: "", removed: false } }],
  }),
  VACUUM: () => ({ reads: nothing, actions: [] }),
  CLONE: (n) => ({ reads: exclusive, actions: [add(inFirst(`clone${n}`))] }),
  RESTORE: (n) => ({ reads: exclusive, actions: [remove(inFirst("a")), add(inFirst(`old${n}`))] }),
};

const CODES: Readonly<Record<string, string>> = {
  A: "DELTA_CONCURRENT_APPEND",
  R: "DELTA_CONCURRENT_DELETE_READ",
  D: "DELTA_CONCURRENT_DELETE_DELETE",
  M: "DELTA_METADATA_CHANGED",
  P: "DELTA_PROTOCOL_CHANGED",
  T: "DELTA_CONCURRENT_TRANSACTION",
  W: "DELTA_CONCURRENT_WRITE",
};

const WINNERS = [
  "blind append",
  "batch of a stream",
  "insert of own rows, p=1",
  "insert of own rows, p=2",
  "update of file a",
  "update of file c",
  "vector on file a",
  "overwrite",
  "OPTIMIZE of a",
  "OPTIMIZE of c",
  "a comment",
  "a constraint",
  "a feature",
  "a domain",
  "VACUUM",
] as const;

/** Ours, and what comes of each winner in the order above: `.` is rebased over it. */
const MATRIX: readonly (readonly [ours: string, outcomes: string])[] = [
  ["blind append", "...........MP.."],
  ["batch of a stream", ".T.........MP.."],
  ["insert of own rows, p=1", "..AARRRRRRMMP.."],
  ["update of file a", "....D.DDD.MMP.."],
  ["vector on file a", "....D.DDD.MMP.."],
  ["update where p=1", "..A.R.RRR.MMP.."],
  ["update of any row", "..AARRRRRRMMP.."],
  ["overwrite", "..AADDDDDDMMP.."],
  ["OPTIMIZE of c", ".....D.D.DMMP.."],
  ["a domain", "..........MMPW."],
  ["VACUUM", "............P.."],
  ["CLONE", "WWWWWWWWWWWWWWW"],
  ["RESTORE", "WWWWWWWWWWWWWWW"],
];

const commit = (name: string, n: number) => {
  const operation = OPERATIONS[name];
  if (operation === undefined) throw new Error(name);
  return table.commit({ base, operation: name, ...operation(n) });
};

describe.each(MATRIX)("%s", (ours, outcomes) => {
  test.each(WINNERS.map((winner, i) => [winner, outcomes[i] ?? ""] as const))(
    "after %s: %s",
    async (winner, outcome) => {
      await commit(winner, 1);
      const second = commit(ours, 2);
      if (outcome === ".") expect((await second).rebasedOver).toBe(1);
      else await expect(second).rejects.toMatchObject({ code: CODES[outcome], retryable: true });
    },
  );
});

test("files are the same however the log spells their paths", async () => {
  await commit("update of file a", 1);
  const spelled = (actions: readonly Action[], reads: ReadSet) =>
    table.commit({ base, operation: "DELETE", actions, reads });
  await expect(spelled([], files("file:///w/t/%61"))).rejects.toMatchObject({
    code: "DELTA_CONCURRENT_DELETE_READ",
  });
  await expect(spelled([remove(inFirst("./a"))], nothing)).rejects.toMatchObject({
    code: "DELTA_CONCURRENT_DELETE_DELETE",
  });
});

test("a remove that does not say where its file was may have been anywhere", async () => {
  const unsaid: Action = { remove: { path: "c", deletionTimestamp: 1, dataChange: true } };
  await table.commit({ base, operation: "DELETE", reads: nothing, actions: [unsaid] });
  await expect(commit("update where p=1", 2)).rejects.toMatchObject({ code: "DELTA_CONCURRENT_DELETE_READ" });
});

test("a refusal says what came between in Databricks' words", async () => {
  await commit("insert of own rows, p=1", 1);
  await expect(commit("update where p=1", 2)).rejects.toThrow(
    /^Files were added to partition \[p=1\] by a concurrent update\. Please try the operation again\.\nConflicting commit: \{"timestamp":\d+,"operation":"insert of own rows, p=1","operationParameters":\{\},"readVersion":1,"isolationLevel":"WriteSerializable","isBlindAppend":false,"operationMetrics":\{\},"engineInfo":"Clone-Xs\/0","txnId":"[0-9a-f-]+"\}$/,
  );
});
