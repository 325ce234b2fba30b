import fc from "fast-check";
import { expect, test } from "vitest";
import { added, memoryEnvironment, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import {
  appendFiles,
  createTable,
  DeltaError,
  type DeltaTable,
  MemoryStorage,
  rewriteFiles,
} from "../index.ts";

/** A log with removes, a checkpoint that is needed (its first commits are gone) and commits after it. */
const files: ReadonlyMap<string, string> = await (async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, properties: { "delta.checkpointInterval": "3" } });
  for (const path of ["a", "b", "c", "d"])
    await appendFiles(table, { base: await table.snapshot(), files: [added(path), added(`${path}%20x`)] });
  const base = await table.snapshot();
  await rewriteFiles(table, { base, remove: [...base.files()].slice(0, 2), add: [added("e")] });
  const { storage } = table.environment;
  const entries = (await storage.list("/w/t/_delta_log")).map(({ name }) => `/w/t/_delta_log/${name}`);
  const kept = entries.filter((path) => !/0[12]\.json$/.test(path));
  return new Map(await Promise.all(kept.map(async (path) => [path, await storage.readText(path)] as const)));
})();

async function tableWith(path: string, content: string | Uint8Array): Promise<DeltaTable> {
  const storage = new MemoryStorage({ now: () => 1_700_000_000_000 });
  for (const [name, text] of files) await storage.write(name, name === path ? content : text);
  const environment = memoryEnvironment();
  const read = async (place: string) => JSON.parse(await storage.readText(place)) as string[];
  return memoryTable("/w/t", { ...environment, storage, codec: { ...environment.codec, read } });
}

/** Everything a reader asks of a log: either an answer, or an error of ours that says what is wrong. */
async function outcome(table: DeltaTable): Promise<readonly string[] | DeltaError> {
  try {
    const snapshot = await table.snapshot();
    await table.history();
    await table.snapshot({ timestamp: snapshot.timestamp });
    Array.from(snapshot.removedFiles());
    return Array.from(snapshot.files(), (file) => `${file.location} ${file.size}`);
  } catch (error) {
    if (!(error instanceof DeltaError)) throw error;
    expect(error.message).not.toBe("");
    return error;
  }
}

const truth = await outcome(await tableWith("", ""));
const anyFile = fc.constantFrom(...files.keys());

test("a log that is whole is read", () => {
  expect(truth).toEqual(
    ["b", "b%20x", "c", "c%20x", "d", "d%20x", "e"].map((p) => `/w/t/${p.replace("%20", " ")} 10`),
  );
});

test("a file that is cut off within a line is an error that names it, or is not needed", async () => {
  await fc.assert(
    fc.asyncProperty(anyFile, fc.nat(), async (path, at) => {
      const text = files.get(path) ?? "";
      const length = at % text.length;
      fc.pre(text[length - 1] !== "\n" && text[length] !== "\n");
      const found = await outcome(await tableWith(path, text.slice(0, length)));
      if (found instanceof DeltaError) expect(found.message).toContain(path);
      else expect(found).toEqual(truth);
    }),
    { numRuns: 100 },
  );
});

test("flipped bits give an answer or an error of ours, and nothing hangs", async () => {
  await fc.assert(
    fc.asyncProperty(anyFile, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), async (path, flips) => {
      const bytes = new TextEncoder().encode(files.get(path) ?? "");
      for (const flip of flips) {
        const at = Math.floor(flip / 8) % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (flip % 8));
      }
      expect(await outcome(await tableWith(path, bytes))).toBeDefined();
    }),
    { numRuns: 120 },
  );
});

test("whatever stands in place of an action is an answer or an error of ours", async () => {
  const kinds = [
    "add",
    "remove",
    "metaData",
    "protocol",
    "txn",
    "domainMetadata",
    "commitInfo",
    "cdc",
    "sidecar",
  ];
  const keys = ["path", "size", "partitionValues", "deletionVector", "schemaString", "id", "configuration"];
  const body = fc.dictionary(fc.constantFrom(...keys, "minReaderVersion", "appId", "stats"), fc.jsonValue());
  const line = fc.oneof(
    fc
      .tuple(fc.constantFrom(...kinds), fc.oneof(body, fc.jsonValue()))
      .map(([kind, value]) => JSON.stringify({ [kind]: value })),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.string(),
    fc.nat(100_000).map((depth) => "[".repeat(depth)),
    fc.nat(2000).map((length) => `{"add":1.5,"path":"${"a".repeat(length)}`),
  );
  const path = "/w/t/_delta_log/00000000000000000005.json";
  const begin = (files.get(path) ?? "").split("\n")[0] ?? "";
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 5 }), async (lines) => {
      expect(await outcome(await tableWith(path, [begin, ...lines].join("\n")))).toBeDefined();
    }),
    { numRuns: 120 },
  );
});

test("names that claim what is not there do not keep a reader busy", async () => {
  const name = fc.oneof(
    fc
      .bigInt({ min: 0n, max: 99_999_999_999_999_999_999n })
      .map((v) => `${String(v).padStart(20, "0")}.json`),
    fc
      .tuple(fc.nat(9), fc.nat(), fc.nat())
      .map(
        ([v, i, n]) =>
          `${String(v).padStart(20, "0")}.checkpoint.${String(i).padStart(10, "0")}.${String(n).padStart(10, "0")}.parquet`,
      ),
    fc
      .tuple(fc.nat(9), fc.nat())
      .map(([a, b]) => `${String(a).padStart(20, "0")}.${String(b).padStart(20, "0")}.compacted.json`),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 3 }), async (names) => {
      const table = await tableWith("", "");
      for (const one of names) await table.environment.storage.writeNew(`/w/t/_delta_log/${one}`, "{}");
      expect(await outcome(table)).toBeDefined();
    }),
    { numRuns: 50 },
  );
});
