import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { CORPUS, type CorpusTable, corpusTables } from "../test/corpus.ts";
import { checksumOf } from "./commit/last-checkpoint.ts";
import { duckdbCodec } from "../test/duckdb-codec.ts";
import {
  type AddFile,
  type Json,
  type JsonObject,
  LocalStorage,
  openTable,
  parseJson,
  printJson,
  readDeletionVector,
  type Snapshot,
} from "./index.ts";

/**
 * Refusals by the protocol feature that is missing, and by what is broken in the log. Everything else must be
 * read.
 */
const REFUSALS: readonly (readonly [table: RegExp, why: RegExp])[] = [
  [/(?<!in)variant/, /DELTA_UNSUPPORTED_FEATURES_FOR_READ.*variantType/],
  [/catalog-owned-preview/, /DELTA_UNSUPPORTED_FEATURES_FOR_READ.*catalogManaged/],
  [/table-with-geo/, /DELTA_UNSUPPORTED_FEATURES_FOR_READ.*geospatial/],
  [/delta-rs\/simple_table_features|deltalog-invalid-protocol-version/, /DELTA_INVALID_PROTOCOL_VERSION/],
  [/deltalog-state-reconstruction-without-protocol/, /DELTA_STATE_RECOVER_ERROR.*protocol/],
  [
    /deltalog-state-reconstruction-without-metadata|data-reader-absolute-paths-escaped-chars/,
    /DELTA_STATE_RECOVER_ERROR.*metadata/,
  ],
  // The metadata of both has no schema.
  [
    /update-deleted-directory|golden\/corrupted-last-checkpoint\//,
    /DELTA_LOG_CORRUPT.*json, line 3: metaData.schemaString/,
  ],
  [/crc-malformed/, /DELTA_TABLE_NOT_FOUND/],
];

describe.skipIf(CORPUS === undefined)("tables that other engines wrote", async () => {
  const tables = CORPUS === undefined ? [] : corpusTables(CORPUS);
  const codec = await duckdbCodec();
  afterAll(() => codec.close());
  const storage = new LocalStorage();
  const open = (root: string) =>
    openTable({ storage, codec, root, now: Date.now, uuid: randomUUID, engineInfo: "test" });

  const refusalOf = ({ path }: CorpusTable) => REFUSALS.find(([name]) => name.test(path))?.[1];

  test.for(tables.filter((t) => refusalOf(t) !== undefined))("$path is refused", async (table) => {
    const failure = await open(table.root)
      .snapshot()
      .then(
        () => "read",
        (e: { code: string; message: string }) => `${e.code} ${e.message}`,
      );
    expect(failure).toMatch(refusalOf(table) ?? "");
  });

  const readable = tables.filter((t) => refusalOf(t) === undefined);
  test("no table that must be refused is missing from the list", () => {
    expect(readable.filter(({ facts }) => facts.some((f) => f.kind === "must-fail"))).toEqual([]);
  });

  test.for(readable)("$path is read as its writer says", async ({ root, facts }) => {
    const table = open(root);
    const snapshot = await table.snapshot();
    for (const { version, expected } of checksums(root)) {
      const found = summary(await table.snapshot({ version }), Object.keys(expected));
      expect({ version, ...found }).toEqual({ version, ...expected });
    }
    for (const { version = snapshot.version, activeFiles = snapshot.numFiles, activePaths } of facts.filter(
      (f) => f.kind === "state",
    )) {
      const paths = Array.from(snapshot.files(), (f) => f.location);
      expect([snapshot.version, snapshot.numFiles, paths]).toEqual([
        version,
        activeFiles,
        activePaths?.map((p) => `${root}/${p}`) ?? paths,
      ]);
    }
    const versions = (await table.history()).map((h) => h.version);
    expect(versions).toEqual(versions.toSorted((a, b) => b - a));
  });

  const compacted = readable.filter(({ root }) =>
    readdirSync(`${root}/_delta_log`).some((name) => name.endsWith(".compacted.json")),
  );
  test.for(compacted)("$path is read the same without its compacted files", async ({ root }) => {
    const one = open(root);
    const plain = new Proxy(storage, {
      get: (_, key: keyof LocalStorage) =>
        key === "list"
          ? async (directory: string) =>
              (await storage.list(directory)).filter(({ name }) => !name.endsWith(".compacted.json"))
          : storage[key].bind(storage),
    });
    const other = openTable({ ...one.environment, storage: plain, root });
    const all = async (table: typeof one, version: number) => {
      const { files, removedFiles, ...rest } = await table.snapshot({ version });
      const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
      return { ...rest, files: [...files()].sort(byPath), removed: [...removedFiles()].sort(byPath) };
    };
    for (let version = await one.latestVersion(); version >= 0; version--)
      expect(await all(one, version)).toEqual(await all(other, version));
  });

  const hinted = tables.filter(({ root }) => lastCheckpointOf(root)?.["checksum"] !== undefined);
  test.for(hinted)("$path has the checksum in its _last_checkpoint that we would write", ({ root }) => {
    const hint = lastCheckpointOf(root) ?? {};
    expect(checksumOf(hint)).toBe(hint["checksum"]);
  });

  test.for(readable)(
    "$path has deletion vectors that mask as many rows as the log says",
    async ({ root }) => {
      const snapshot = await open(root).snapshot();
      const vectors = Array.from(snapshot.files()).flatMap((file) => file.deletionVector ?? []);
      const masked = await Promise.all(vectors.map((vector) => readDeletionVector(storage, root, vector)));
      expect(masked.map((rows) => rows.length)).toEqual(vectors.map((vector) => vector.cardinality));
    },
  );
});

function lastCheckpointOf(root: string): JsonObject | undefined {
  const path = `${root}/_delta_log/_last_checkpoint`;
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, "utf8");
  return text.includes('"checksum"') ? (parseJson(text) as JsonObject) : undefined;
}

/** What the writer noted about its versions in `.crc` files beside the commits. */
function checksums(root: string): readonly { version: number; expected: Record<string, unknown> }[] {
  const names = readdirSync(`${root}/_delta_log`).filter((name) => /^\d{20}\.crc$/.test(name));
  return names.map((name) => {
    const crc = parseJson(readFileSync(`${root}/_delta_log/${name}`, "utf8")) as JsonObject;
    const stale = STALE.find(([table]) => table.test(root))?.[1];
    const expected = Object.entries(CHECKED).flatMap(([key, { noted }]) => {
      const value = crc[key];
      return value === undefined || value === null || key === stale ? [] : [[key, noted(value)] as const];
    });
    return { version: Number(name.slice(0, 20)), expected: Object.fromEntries(expected) };
  });
}

function summary(snapshot: Snapshot, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, CHECKED[key]?.found(snapshot)]));
}

/** Its commits' times were moved a hundred million seconds back by hand; those in its checksums were not. */
const STALE: readonly (readonly [table: RegExp, field: string])[] = [
  [/cdc_ict_table/, "inCommitTimestampOpt"],
];

/** Fields of a version checksum that we can tell too: as noted, and as found. Protocol: "Version Checksum File". */
const CHECKED: Readonly<
  Record<string, { readonly noted: (value: Json) => unknown; readonly found: (s: Snapshot) => unknown }>
> = {
  numFiles: { noted: (n) => n, found: (s) => s.numFiles },
  tableSizeBytes: { noted: (n) => n, found: (s) => s.sizeInBytes },
  protocol: { noted: definition, found: (s) => definition(s.protocol) },
  metadata: {
    noted: definition,
    found: ({ metadata: { schema: _schema, ...metaData } }) => definition(metaData),
  },
  setTransactions: {
    noted: sortedTexts,
    found: (s) => sortedTexts([...s.transactions.values()]),
  },
  domainMetadata: {
    noted: sortedTexts,
    found: (s) => sortedTexts([...s.domainMetadata.values()]),
  },
  allFiles: {
    noted: (files) => sortedTexts((files as readonly JsonObject[]).map(fileFacts)),
    found: (s) => sortedTexts(Array.from(s.files(), ({ location: _location, ...add }) => fileFacts(add))),
  },
  numDeletedRecordsOpt: { noted: (n) => n, found: (s) => vectors(s).reduce((sum, n) => sum + n, 0) },
  numDeletionVectorsOpt: { noted: (n) => n, found: (s) => vectors(s).length },
  inCommitTimestampOpt: { noted: (n) => n, found: (s) => s.timestamp },
};

function vectors(snapshot: Snapshot): readonly number[] {
  return Array.from(snapshot.files()).flatMap(({ deletionVector }) => deletionVector?.cardinality ?? []);
}

/** Without what is null or nothing, keys and features in order. */
function definition(value: unknown): unknown {
  const entries = Object.entries(value as Record<string, unknown>).filter(
    ([, v]) => v !== null && v !== undefined,
  );
  return Object.fromEntries(
    entries
      .map(([key, v]) => [key, key.endsWith("Features") ? (v as string[]).toSorted() : v] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What of a file does not depend on how a writer carries it over: statistics may be text or columns. */
function fileFacts(add: object): unknown {
  const { path, partitionValues, size, modificationTime, deletionVector } = add as Partial<AddFile>;
  const { storageType, pathOrInlineDv, offset, cardinality } = deletionVector ?? {};
  return definition({
    path,
    partitionValues: definition(partitionValues),
    size,
    modificationTime,
    vector: deletionVector && definition({ storageType, pathOrInlineDv, offset, cardinality }),
  });
}

function sortedTexts(values: unknown): readonly string[] {
  return (values as readonly object[]).map((value) => printJson(definition(value) as object)).sort();
}
