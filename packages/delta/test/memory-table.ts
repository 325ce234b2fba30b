import {
  type AddFile,
  type DeltaTable,
  MemoryStorage,
  openTable,
  parseSchema,
  type TableEnvironment,
} from "../src/index.ts";

/** One bigint column `id`. */
export const SCHEMA = parseSchema(
  '{"type":"struct","fields":[{"name":"id","type":"long","nullable":true,"metadata":{}}]}',
);

/**
 * A storage in memory, a clock that ticks a millisecond a call, uuids counted up, checkpoints as JSON lists.
 */
export function memoryEnvironment(): TableEnvironment {
  let time = 1_700_000_000_000;
  let serial = 0;
  const now = () => ++time;
  const storage = new MemoryStorage({ now });
  return {
    storage,
    codec: jsonCodec(storage),
    now,
    uuid: () => uuidNumber(++serial),
    engineInfo: "Clone-Xs/0",
  };
}

export function memoryTable(root = "/w/t", environment = memoryEnvironment()): DeltaTable {
  return openTable({ ...environment, root });
}

function jsonCodec(storage: MemoryStorage): TableEnvironment["codec"] {
  return {
    read: async (path) => JSON.parse(await storage.readText(path)) as string[],
    write: async (path, actions) => {
      const text = JSON.stringify(actions);
      await storage.write(path, text);
      return { sizeInBytes: text.length };
    },
  };
}

export function uuidNumber(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
}

/** An add action of a made-up data file. */
export function added(path: string, more: Partial<AddFile> = {}): AddFile {
  return { path, partitionValues: {}, size: 10, modificationTime: 1, dataChange: true, ...more };
}

/** Writes a data file of `size` bytes and gives its add action. */
export async function dataFile(table: DeltaTable, path: string, size = 10): Promise<AddFile> {
  await table.environment.storage.write(`${table.root}/${path}`, "x".repeat(size));
  return added(path, { size });
}
