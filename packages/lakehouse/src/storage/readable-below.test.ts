import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalStorage, type Storage } from "@clone-xs/delta";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readableBelow } from "./readable-below.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "clxs-storage-")));
const [own, beside] = [join(root, "own"), join(root, "own-2")];
let readable = [own];
const storage = readableBelow(() => readable, new LocalStorage());

beforeAll(() => {
  for (const directory of [own, beside]) {
    mkdirSync(directory);
    writeFileSync(join(directory, "a.txt"), "a");
  }
  symlinkSync(beside, join(own, "directory-away"));
  symlinkSync(join(beside, "a.txt"), join(own, "file-away"));
  symlinkSync(join(own, "a.txt"), join(own, "file-here"));
  execFileSync("mkfifo", [join(own, "pipe")]);
});
afterAll(() => rmSync(root, { recursive: true }));

const reads: readonly (readonly [string, (path: string, from?: Storage) => Promise<unknown>])[] = [
  ["readText", (path, from = storage) => from.readText(path)],
  ["readBytes", (path, from = storage) => from.readBytes(path)],
  ["readBytes of a range", (path, from = storage) => from.readBytes(path, { offset: 0, length: 1 })],
  ["copyFiles", (path, from = storage) => from.copyFiles([{ from: path, to: join(own, "copy"), size: 1 }])],
];

const away = ["../own-2/a.txt", "directory-away/a.txt", "file-away", "directory-away/none"];

test.for(reads)("%s reads below the directory and by links that stay there", async ([, read]) => {
  const outcomes = await Promise.allSettled(["a.txt", "file-here"].map((name) => read(join(own, name))));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
});

test.for(reads.flatMap(([name, read]) => away.map((path) => [name, path, read] as const)))(
  "%s does not read %s, which leads out",
  async ([, path, read]) => {
    await expect(read(`${own}/${path}`)).rejects.toMatchObject({
      code: "DELTA_UNSUPPORTED_PATH",
      message: `${own}/${path} lies outside the directories that this workspace may read`,
    });
  },
);

test.for(reads)("%s does not wait for a pipe", async ([, read]) => {
  await expect(read(join(own, "pipe"))).rejects.toThrow(`${join(own, "pipe")} is no regular file`);
});

test("neither is it told what is there outside, nor how large", async () => {
  const refused = { code: "DELTA_UNSUPPORTED_PATH" };
  await expect(storage.stat(join(beside, "a.txt"))).rejects.toMatchObject(refused);
  await expect(storage.stat("/none/at/all")).rejects.toMatchObject(refused);
  await expect(storage.list(beside)).rejects.toMatchObject(refused);
  await expect(storage.move(join(beside, "a.txt"), join(own, "moved"))).rejects.toMatchObject(refused);
  expect(await new LocalStorage().readText(join(beside, "a.txt"))).toBe("a");
});

test("what is missing inside is missing, as without the guard", async () => {
  expect(await storage.stat(join(own, "none"))).toBeUndefined();
  expect(await storage.stat(join(own, "a.txt", "below-a-file"))).toBeUndefined();
  expect(await storage.list(join(own, "none"))).toEqual([]);
  await expect(storage.readText(join(own, "none"))).rejects.toMatchObject({ code: "DELTA_FILE_NOT_FOUND" });
});

test("a directory that is added is read from then on", async () => {
  readable = [own, beside];
  expect(await storage.readText(join(beside, "a.txt"))).toBe("a");
  expect(await storage.stat(join(own, "file-away"))).toMatchObject({ size: 1 });
  readable = [own];
  await expect(storage.readText(join(beside, "a.txt"))).rejects.toThrow("may read");
});
