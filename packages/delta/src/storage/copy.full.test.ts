import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { LocalStorage } from "./local.ts";

const root = mkdtempSync(join(tmpdir(), "clxs-copy-"));
afterAll(() => rmSync(root, { recursive: true }));
const storage = new LocalStorage();
let serial = 0;

/** A fresh directory with files of these contents. */
function source(...contents: readonly string[]): string {
  const directory = join(root, String(++serial));
  mkdirSync(directory);
  for (const [i, content] of contents.entries()) writeFileSync(join(directory, `${i}.bin`), content);
  return directory;
}

test.each([1, 3, 200])(
  "%i copies are files of their own: other inodes, one name each, nothing beside them",
  async (count) => {
    const from = source(...Array.from({ length: count }, (_, i) => `content ${i}`));
    const names = readdirSync(from).sort();
    const copies = names.map((name) => ({
      from: join(from, name),
      to: `${from}-copy/sub/${name}`,
      size: statSync(join(from, name)).size,
    }));
    await storage.copyFiles(copies, { parallelism: 4 });
    expect(readdirSync(`${from}-copy/sub`).sort()).toEqual(names);
    for (const copy of copies) {
      const [theirs, ours] = [statSync(copy.from), statSync(copy.to)];
      expect([ours.ino === theirs.ino, ours.nlink, theirs.nlink]).toEqual([false, 1, 1]);
      expect(readFileSync(copy.to)).toEqual(readFileSync(copy.from));
    }
  },
);

test("a link is copied as the file it leads to, not as a link", async () => {
  const from = source("content");
  symlinkSync(join(from, "0.bin"), join(from, "link"));
  await storage.copyFiles([{ from: join(from, "link"), to: join(from, "copy"), size: 7 }]);
  writeFileSync(join(from, "0.bin"), "changed");
  expect(readFileSync(join(from, "copy"), "utf8")).toBe("content");
});

test.each([
  ["a pipe", (path: string) => execFileSync("mkfifo", [path])],
  ["a directory", (path: string) => mkdirSync(path)],
  ["a link to a device", (path: string) => symlinkSync("/dev/zero", path)],
])("%s is refused, and leaves nothing", async (_, make) => {
  const from = source();
  make(join(from, "odd"));
  const copy = storage.copyFiles([{ from: join(from, "odd"), to: join(from, "target", "copy"), size: 0 }]);
  await expect(copy).rejects.toMatchObject({
    code: "DELTA_UNSUPPORTED_PATH",
    context: { path: join(from, "odd") },
  });
  expect(readdirSync(join(from, "target"))).toEqual([]);
});

test("after a failure nothing more is copied, and no temporary file stays", async () => {
  const from = source("a", "b", "c");
  const copies = ["0", "none", "1", "2"].map((name) => ({
    from: join(from, `${name}.bin`),
    to: join(from, "target", name),
    size: 1,
  }));
  await expect(storage.copyFiles(copies, { parallelism: 1 })).rejects.toMatchObject({
    code: "DELTA_FILE_NOT_FOUND",
  });
  expect(readdirSync(join(from, "target"))).toEqual(["0"]);
});
