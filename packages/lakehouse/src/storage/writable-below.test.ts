import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalStorage, type Storage } from "@clone-xs/delta";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writableBelow } from "./writable-below.ts";

const root = mkdtempSync(join(tmpdir(), "clxs-storage-"));
const [own, other] = [join(root, "own"), join(root, "own-2")];
const storage = writableBelow([own], new LocalStorage());

beforeAll(async () => {
  const plain = new LocalStorage();
  for (const directory of [own, other]) await plain.write(join(directory, "a.txt"), "a");
  await plain.write(join(own, "from"), "a");
});
afterAll(() => rmSync(root, { recursive: true }));

const writes: readonly (readonly [string, (directory: string) => Promise<unknown>])[] = [
  ["writeNew", (directory) => storage.writeNew(join(directory, "new"), "x")],
  ["write", (directory) => storage.write(join(directory, "a.txt"), "a")],
  ["mkdirs", (directory) => storage.mkdirs(join(directory, "deeper"))],
  [
    "copyFiles",
    (directory) => storage.copyFiles([{ from: join(other, "a.txt"), to: join(directory, "copy"), size: 1 }]),
  ],
  ["move", (directory) => storage.move(join(own, "from"), join(directory, "moved"))],
  ["remove", (directory) => storage.remove(join(directory, "a.txt"))],
];

test.for(writes)(
  "%s works below the directory, and not beside it, where names begin the same",
  async ([, write]) => {
    await expect(write(other)).rejects.toThrow("outside the directories that this workspace may write");
    await write(own);
  },
);

test("reading is left to the storage below it", async () => {
  const read = (from: Storage) => from.readText(join(other, "a.txt"));
  expect(await read(storage)).toBe("a");
  expect((await storage.list(other)).map(({ name }) => name)).toEqual(["a.txt"]);
  expect(await storage.stat(join(other, "a.txt"))).toMatchObject({ size: 1 });
});
