import { describe, expect, test } from "vitest";
import { added, dataFile, memoryEnvironment, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import {
  type AddFile,
  addOf,
  appendFiles,
  createTable,
  deepClone,
  type DeltaTable,
  type FileCopy,
  MemoryStorage,
  openTable,
  printSchema,
  type Protocol,
  shallowClone,
} from "../index.ts";

const KINDS = [
  ["deep", deepClone],
  ["shallow", shallowClone],
] as const;

/** A table as another engine left it: nothing of our defaults. */
async function foreign(
  protocol: Protocol,
  {
    root = "/w/source",
    files = [] as readonly AddFile[],
    configuration = {},
    environment = memoryEnvironment(),
  } = {},
): Promise<DeltaTable> {
  const table = memoryTable(root, environment);
  const metaData = {
    id: "theirs",
    format: { provider: "parquet", options: {} },
    schemaString: printSchema(SCHEMA),
    partitionColumns: [],
    configuration,
  };
  await table.commit({
    operation: "CREATE TABLE",
    operationParameters: {},
    operationMetrics: {},
    reads: { kind: "nothing" },
    actions: [{ protocol }, { metaData }, ...files.map((add) => ({ add }))],
  });
  return table;
}

const PLAIN = { minReaderVersion: 1, minWriterVersion: 2 };
const beside = (from: DeltaTable) => memoryTable("/w/target", from.environment);

test("clone checklist 3: a shallow clone keeps the scheme of files on another system, a deep one cannot have them", async () => {
  const files = [added("s3://bucket/t/a.parquet"), added("abfss://c@a.dfs.core.windows.net/b%20c.parquet")];
  const from = await foreign(PLAIN, { files });
  const request = { source: await from.snapshot(), sourceName: "s" };
  await shallowClone({ ...request, target: beside(from) });
  expect(Array.from((await beside(from).snapshot()).files(), ({ path }) => path)).toEqual(
    files.map(({ path }) => path),
  );
  const deep = deepClone({ ...request, target: memoryTable("/w/deep", from.environment) });
  await expect(deep).rejects.toMatchObject({
    code: "DELTA_UNSUPPORTED_PATH",
    context: { path: files[0]?.path },
  });
});

describe("concurrency", () => {
  test.each(KINDS)(
    "clone checklist 16: of %s clones that race for a new target one wins, whole",
    async (_, clone) => {
      const environment = memoryEnvironment();
      const sources = await Promise.all(
        [1, 2, 3].map(async (n) => {
          const table = memoryTable(`/w/source-${n}`, environment);
          await createTable(table, { schema: SCHEMA });
          await appendFiles(table, {
            base: await table.snapshot(),
            files: [await dataFile(table, `${n}.parquet`, n)],
          });
          return table.snapshot();
        }),
      );
      const race = await Promise.allSettled(
        sources.map((source, i) =>
          clone({ source, sourceName: `s${i}`, target: openTable({ ...environment, root: "/w/target" }) }),
        ),
      );
      const winner = race.findIndex(({ status }) => status === "fulfilled");
      expect(race.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const end of race)
        if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "DELTA_CONCURRENT_WRITE" });
      const target = await openTable({ ...environment, root: "/w/target" }).snapshot();
      expect([target.version, Array.from(target.files(), ({ size }) => size)]).toEqual([0, [winner + 1]]);
    },
  );

  test("clone checklist 16: rows that come to the target while files are copied make the clone fail, not vanish", async () => {
    const environment = memoryEnvironment();
    let meanwhile = async () => {};
    class Hooked extends MemoryStorage {
      override async copyFiles(copies: readonly FileCopy[]): Promise<void> {
        await super.copyFiles(copies);
        await meanwhile();
      }
    }
    const storage = new Hooked({ now: environment.now });
    const hooked = { ...environment, storage, codec: memoryEnvironment().codec };
    const from = memoryTable("/w/source", hooked);
    await createTable(from, { schema: SCHEMA });
    await appendFiles(from, { base: await from.snapshot(), files: [await dataFile(from, "a.parquet")] });
    const target = memoryTable("/w/target", hooked);
    await deepClone({ source: await from.snapshot(), sourceName: "s", target });
    await appendFiles(from, { base: await from.snapshot(), files: [await dataFile(from, "b.parquet")] });
    meanwhile = async () => {
      const other = memoryTable("/w/target", hooked);
      await appendFiles(other, {
        base: await other.snapshot(),
        files: [await dataFile(other, "own.parquet")],
      });
    };
    const attempt = deepClone({ source: await from.snapshot(), sourceName: "s", target });
    await expect(attempt).rejects.toMatchObject({ code: "DELTA_CONCURRENT_WRITE", retryable: true });
    const after = await target.snapshot();
    expect([after.version, Array.from(after.files(), ({ path }) => path)]).toEqual([
      1,
      ["a.parquet", "own.parquet"],
    ]);
  });
});

describe("the protocol", () => {
  const custom: readonly Protocol[] = [
    { minReaderVersion: 1, minWriterVersion: 1 },
    { minReaderVersion: 2, minWriterVersion: 3 },
    { minReaderVersion: 2, minWriterVersion: 5 },
    {
      minReaderVersion: 3,
      minWriterVersion: 7,
      readerFeatures: ["timestampNtz"],
      writerFeatures: ["timestampNtz"],
    },
  ];
  test.each(KINDS.flatMap(([kind, clone]) => custom.map((protocol) => ({ kind, clone, protocol }))))(
    "clone checklist 18: of a $kind clone is the source's: $protocol",
    async ({ clone, protocol }) => {
      const from = await foreign(protocol);
      await clone({ source: await from.snapshot(), sourceName: "s", target: beside(from) });
      expect((await beside(from).snapshot()).protocol).toEqual(protocol);
    },
  );

  test("clone checklist 18: of an existing target is never lowered", async () => {
    const from = await foreign(PLAIN);
    const target = beside(from);
    await createTable(target, { schema: SCHEMA, properties: { "delta.enableDeletionVectors": "true" } });
    const before = (await target.snapshot()).protocol;
    await deepClone({ source: await from.snapshot(), sourceName: "s", target });
    expect((await target.snapshot()).protocol).toEqual(before);
  });

  test.each(KINDS)(
    "clone checklist 19: what new tables get by default, a %s clone does not get",
    async (_, clone) => {
      const from = await foreign(PLAIN, { configuration: { own: "x" } });
      const fresh = memoryTable("/w/fresh", from.environment);
      await createTable(fresh, { schema: SCHEMA });
      expect((await fresh.snapshot()).metadata.configuration).toHaveProperty(
        ["delta.enableInCommitTimestamps"],
        "true",
      );
      await clone({ source: await from.snapshot(), sourceName: "s", target: beside(from) });
      const { metadata, protocol } = await beside(from).snapshot();
      expect([metadata.configuration, protocol]).toEqual([{ own: "x" }, PLAIN]);
    },
  );
});

test.each(KINDS)("clone checklist 23: txn actions of the source: %s", async (kind, clone) => {
  const from = await foreign(PLAIN);
  const transaction = { appId: "stream", version: 7 };
  await appendFiles(from, {
    base: await from.snapshot(),
    files: [await dataFile(from, "a.parquet")],
    transaction,
  });
  await clone({ source: await from.snapshot(), sourceName: "s", target: beside(from) });
  const found = [...(await beside(from).snapshot()).transactions.keys()];
  expect(found).toEqual(kind === "deep" ? ["stream"] : []);
});

test.each(KINDS)(
  "clone checklist 27: defaults and what existing rows have in their place stay in the schema of a %s clone",
  async (_, clone) => {
    const field = {
      name: "v",
      type: "string",
      nullable: true,
      metadata: { CURRENT_DEFAULT: "'now'", EXISTS_DEFAULT: "'then'" },
    };
    const from = await foreign({
      minReaderVersion: 1,
      minWriterVersion: 7,
      writerFeatures: ["allowColumnDefaults"],
    });
    const base = await from.snapshot();
    const metaData = { ...base.metadata, schemaString: JSON.stringify({ type: "struct", fields: [field] }) };
    const source = { ...base, metadata: { ...metaData, schema: SCHEMA } };
    await clone({ source, sourceName: "s", target: beside(from) });
    expect((await beside(from).snapshot()).metadata.schema.fields[0]?.metadata).toEqual(field.metadata);
  },
);

const WITH_VECTORS: Protocol = {
  minReaderVersion: 3,
  minWriterVersion: 7,
  readerFeatures: ["deletionVectors"],
  writerFeatures: ["deletionVectors"],
};

test.each(KINDS)("clone checklist 31: an inline vector stays inline in a %s clone", async (_, clone) => {
  const deletionVector = {
    storageType: "i" as const,
    pathOrInlineDv: "wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L",
    sizeInBytes: 40,
    cardinality: 6,
  };
  const from = await foreign(WITH_VECTORS, { files: [added("a.parquet", { deletionVector, size: 3 })] });
  await dataFile(from, "a.parquet", 3);
  await clone({ source: await from.snapshot(), sourceName: "s", target: beside(from) });
  const [file] = (await beside(from).snapshot()).files();
  expect(file?.deletionVector).toEqual(deletionVector);
  expect(await from.environment.storage.list("/w/target")).toHaveLength(clone === deepClone ? 2 : 1);
});

test.each(KINDS)(
  "clone checklist 33: statistics said to be tight on a file with a vector do not trouble a %s clone",
  async (_, clone) => {
    const stats =
      '{"numRecords":10,"minValues":{"id":0},"maxValues":{"id":9},"nullCount":{"id":0},"tightBounds":true}';
    const deletionVector = {
      storageType: "i" as const,
      pathOrInlineDv: "wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L",
      sizeInBytes: 40,
      cardinality: 6,
    };
    const from = await foreign(WITH_VECTORS, {
      files: [added("a.parquet", { deletionVector, stats, size: 3 })],
    });
    await dataFile(from, "a.parquet", 3);
    const source = await from.snapshot();
    await clone({ source, sourceName: "s", target: beside(from) });
    const [theirs] = source.files();
    const [ours] = (await beside(from).snapshot()).files();
    expect(ours?.stats).toBe(stats);
    if (clone === deepClone) expect(ours && addOf(ours)).toEqual(theirs && addOf(theirs));
  },
);
