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
  isLocal,
  LocalStorage,
  openTable,
  readDeletionVector,
  shallowClone,
  type Snapshot,
} from "../index.ts";

/** Tables that can be read but not written: a clone of them could not keep what their features promise. */
const UNWRITABLE = /table_with_liquid_clustering|collations-table|deltalake-uniform_hudi/;

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
  const writable = readable.filter(({ root }) => !UNWRITABLE.test(root));
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

  test.for(readable.filter(({ root }) => UNWRITABLE.test(root)))(
    "clone of $root is refused by the name of a feature",
    async (source) => {
      const target = open(join(directory, randomUUID()));
      const code = "DELTA_UNSUPPORTED_FEATURES_FOR_WRITE";
      await expect(shallowClone({ source, sourceName: "s", target })).rejects.toMatchObject({ code });
    },
  );
});
