import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CORPUS, corpusTables } from "../../test/corpus.ts";
import { duckdbCodec } from "../../test/duckdb-codec.ts";
import {
  deepClone,
  type DeltaError,
  featuresOf,
  isLocal,
  LocalStorage,
  openTable,
  readDeletionVector,
  shallowClone,
  type Snapshot,
} from "../index.ts";

/**
 * What a clone must be able to promise: everything that a reader or a writer of ours knows, and what lies in the files that a clone repeats.
 * A table with any other writer feature is refused, naming it.
 */
const KEPT: ReadonlySet<string> = new Set([
  "allowColumnDefaults",
  "appendOnly",
  "changeDataFeed",
  "checkConstraints",
  "clustering",
  "columnMapping",
  "deletionVectors",
  "domainMetadata",
  "generatedColumns",
  "icebergCompatV1",
  "icebergCompatV2",
  "identityColumns",
  "inCommitTimestamp",
  "invariants",
  "materializePartitionColumns",
  "rowTracking",
  "timestampNtz",
  "typeWidening",
  "typeWidening-preview",
  "v2Checkpoint",
  "vacuumProtocolCheck",
]);

const unkept = ({ protocol }: Snapshot) => featuresOf(protocol).filter((feature) => !KEPT.has(feature));

describe.skipIf(CORPUS === undefined)("every table that can be read", async () => {
  const directory = mkdtempSync(join(tmpdir(), "clxs-clones-"));
  const codec = await duckdbCodec();
  afterAll(() => {
    codec.close();
    rmSync(directory, { recursive: true });
  });
  const storage = new LocalStorage();
  const open = (root: string) =>
    openTable({ storage, codec, root, now: Date.now, uuid: randomUUID, engineInfo: "test" });

  /** What a table holds, whatever its files are called: their sizes, partitions, statistics and masked rows. */
  const content = async (snapshot: Snapshot) => {
    const rows = Array.from(
      snapshot.files(),
      async ({ size, partitionValues, stats, deletionVector: vector }) => {
        const masked = vector === undefined ? [] : await readDeletionVector(storage, snapshot.root, vector);
        return JSON.stringify([size, partitionValues, stats, masked]);
      },
    );
    return (await Promise.all(rows)).sort();
  };

  const readable: Snapshot[] = [];
  for (const { root } of CORPUS === undefined ? [] : corpusTables(CORPUS)) {
    const snapshot = await open(root)
      .snapshot()
      .catch((_refusal: DeltaError) => undefined);
    if (snapshot !== undefined) readable.push(snapshot);
  }
  const writable = readable.filter((snapshot) => unkept(snapshot).length === 0);
  const isWhole = (s: Snapshot) =>
    Array.from(s.files(), (f) => f.location).every((l) => isLocal(l) && existsSync(l));
  const cases = [
    ...writable.map((source) => ({
      name: source.root.slice((CORPUS ?? "").length),
      source,
      clone: shallowClone,
      kind: "shallow",
    })),
    ...writable.filter(isWhole).map((source) => ({
      name: source.root.slice((CORPUS ?? "").length),
      source,
      clone: deepClone,
      kind: "deep",
    })),
  ];

  test.for(cases)(
    "$kind clone of $name holds the same, and a second one changes no file",
    async ({ source, clone }) => {
      const target = open(join(directory, randomUUID()));
      const first = await clone({ source, sourceName: "s", target });
      expect(first.metrics.sourceNumOfFiles).toBe(source.numFiles);
      const cloned = await target.snapshot();
      expect(await content(cloned)).toEqual(await content(source));
      expect([cloned.metadata.schemaString, cloned.metadata.partitionColumns]).toEqual([
        source.metadata.schemaString,
        source.metadata.partitionColumns,
      ]);
      const second = await clone({ source, sourceName: "s", target });
      expect(second).toMatchObject({ version: 1, metrics: { numCopiedFiles: 0, numRemovedFiles: 0 } });
      expect([...(await target.snapshot()).files()]).toEqual([...cloned.files()]);
    },
  );

  test.for(writable.filter((s) => !isWhole(s)).map((source) => ({ name: source.root, source })))(
    "deep clone of $name, whose files are not all here, commits nothing",
    async ({ source }) => {
      const target = open(join(directory, randomUUID()));
      const code = expect.stringMatching(/DELTA_FILE_NOT_FOUND|DELTA_UNSUPPORTED_PATH/) as string;
      await expect(deepClone({ source, sourceName: "s", target })).rejects.toMatchObject({ code });
      expect(await target.exists()).toBe(false);
    },
  );

  test.for(readable.filter((snapshot) => unkept(snapshot).length > 0))(
    "clone of $root is refused by the names of its features",
    async (source) => {
      const code = "DELTA_UNSUPPORTED_FEATURES_FOR_WRITE";
      for (const clone of [shallowClone, deepClone]) {
        const target = open(join(directory, randomUUID()));
        const attempt = clone({ source, sourceName: "s", target });
        await expect(attempt).rejects.toMatchObject({ code, context: { features: unkept(source) } });
        expect(existsSync(target.root)).toBe(false);
      }
    },
  );
});
