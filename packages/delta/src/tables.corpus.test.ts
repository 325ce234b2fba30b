import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { CORPUS, type CorpusTable, corpusTables } from "../test/corpus.ts";
import { duckdbCodec } from "../test/duckdb-codec.ts";
import {
  type Json,
  type JsonObject,
  LocalStorage,
  openTable,
  parseJson,
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

/** What the writer noted about its versions in `.crc` files beside the commits. */
function checksums(root: string): readonly { version: number; expected: Record<string, Json | undefined> }[] {
  const names = readdirSync(`${root}/_delta_log`).filter((name) => /^\d{20}\.crc$/.test(name));
  return names.map((name) => {
    const crc = parseJson(readFileSync(`${root}/_delta_log/${name}`, "utf8")) as JsonObject;
    const { numFiles, tableSizeBytes } = crc;
    const id = (crc["metadata"] as JsonObject | undefined)?.["id"];
    const protocol = crc["protocol"] as JsonObject | undefined;
    return {
      version: Number(name.slice(0, 20)),
      expected: {
        numFiles,
        tableSizeBytes,
        ...(id !== undefined && { id }),
        ...(protocol && {
          minReaderVersion: protocol["minReaderVersion"],
          minWriterVersion: protocol["minWriterVersion"],
        }),
        ...(protocol?.["readerFeatures"] && { readerFeatures: sorted(protocol["readerFeatures"]) }),
        ...(protocol?.["writerFeatures"] && { writerFeatures: sorted(protocol["writerFeatures"]) }),
      },
    };
  });
}

function summary(
  { numFiles, sizeInBytes, metadata, protocol }: Snapshot,
  keys: readonly string[],
): Record<string, unknown> {
  const all: Record<string, unknown> = {
    numFiles,
    tableSizeBytes: sizeInBytes,
    id: metadata.id,
    ...protocol,
    readerFeatures: sorted(protocol.readerFeatures ?? []),
    writerFeatures: sorted(protocol.writerFeatures ?? []),
  };
  return Object.fromEntries(keys.map((key) => [key, all[key]]));
}

function sorted(features: unknown): string[] {
  return [...(features as string[])].sort();
}
