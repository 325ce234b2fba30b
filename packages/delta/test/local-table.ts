import { randomUUID } from "node:crypto";
import {
  type CheckpointCodec,
  type DeltaTable,
  LocalStorage,
  openTable,
  type Storage,
} from "../src/index.ts";

/** Checkpoints as JSON text under the name of a parquet file: for tests on a disk that need no engine. */
export function textCodec(storage: Storage): CheckpointCodec {
  return {
    read: async (path) => JSON.parse(await storage.readText(path)) as string[],
    write: async (path, actions) => {
      const text = JSON.stringify(actions);
      await storage.write(path, text);
      return { sizeInBytes: text.length };
    },
  };
}

/** A table on the disk. `uuid` also names temporary files. */
export function localTable(root: string, uuid: () => string = randomUUID): DeltaTable {
  const storage = new LocalStorage({ uuid });
  return openTable({
    storage,
    codec: textCodec(storage),
    now: Date.now,
    uuid,
    engineInfo: "Clone-Xs/0",
    root,
  });
}
