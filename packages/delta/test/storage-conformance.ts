import { beforeEach, describe, expect, test } from "vitest";
import type { Storage } from "../src/index.ts";

/** What every {@link Storage} must do. `start` gives a storage and an empty directory in it. */
export function storageConformance(
  start: () => Promise<{ readonly storage: Storage; readonly root: string }>,
): void {
  let storage: Storage;
  let root: string;
  beforeEach(async () => {
    ({ storage, root } = await start());
  });
  const names = async (directory: string) =>
    (await storage.list(directory)).map((e) => `${e.kind} ${e.name}`).sort();

  describe("writeNew", () => {
    test("creates the file with its parents, once", async () => {
      expect(await storage.writeNew(`${root}/a/b/1.json`, "first")).toBe(true);
      expect(await storage.writeNew(`${root}/a/b/1.json`, "second")).toBe(false);
      expect(await storage.readText(`${root}/a/b/1.json`)).toBe("first");
      expect(await names(`${root}/a/b`)).toEqual(["file 1.json"]);
    });

    test("lets exactly one of many callers win, with its whole content", async () => {
      const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(5000));
      const won = await Promise.all(contents.map((content) => storage.writeNew(`${root}/c`, content)));
      expect(won.filter(Boolean)).toEqual([true]);
      expect(await storage.readText(`${root}/c`)).toBe(contents[won.indexOf(true)]);
    });
  });

  test("write creates and replaces", async () => {
    await storage.write(`${root}/d/x`, "old and longer");
    await storage.write(`${root}/d/x`, Buffer.from("new"));
    expect(await storage.readText(`${root}/d/x`)).toBe("new");
    expect(await names(`${root}/d`)).toEqual(["file x"]);
  });

  test("list tells files from directories, and finds nothing where there is nothing", async () => {
    await storage.write(`${root}/e/file`, "");
    await storage.write(`${root}/e/directory/inner`, "");
    expect(await names(`${root}/e`)).toEqual(["directory directory", "file file"]);
    expect(await storage.list(`${root}/none`)).toEqual([]);
  });

  test("readBytes gives ranges, cut at the end of the file", async () => {
    await storage.write(`${root}/f`, "0123456789");
    const read = async (offset: number, length: number) =>
      Buffer.from(await storage.readBytes(`${root}/f`, { offset, length })).toString();
    expect([await read(0, 3), await read(4, 2), await read(8, 9), await read(20, 1)]).toEqual([
      "012",
      "45",
      "89",
      "",
    ]);
    expect(Buffer.from(await storage.readBytes(`${root}/f`)).toString()).toBe("0123456789");
  });

  test("stat gives size and whole milliseconds, and undefined for a missing file", async () => {
    await storage.write(`${root}/g`, "ö");
    const stat = await storage.stat(`${root}/g`);
    expect(stat?.size).toBe(2);
    expect(Number.isInteger(stat?.modificationTime)).toBe(true);
    expect(await storage.stat(`${root}/none`)).toBeUndefined();
    expect(await storage.stat(`${root}/g/inside-a-file`)).toBeUndefined();
  });

  test("reading a missing file is DELTA_FILE_NOT_FOUND", async () => {
    const missing = { code: "DELTA_FILE_NOT_FOUND" };
    await expect(storage.readText(`${root}/none`)).rejects.toMatchObject(missing);
    await expect(storage.readBytes(`${root}/none`)).rejects.toMatchObject(missing);
    await expect(storage.readBytes(`${root}/none`, { offset: 0, length: 1 })).rejects.toMatchObject(missing);
    await expect(storage.move(`${root}/none`, `${root}/x`)).rejects.toMatchObject(missing);
    await expect(
      storage.copyFiles([{ from: `${root}/none`, to: `${root}/x`, size: 0 }]),
    ).rejects.toMatchObject(missing);
  });

  test.each([1, 40])(
    "copyFiles copies %i files, and a later write to the source does not show in the copy",
    async (count) => {
      const copies = Array.from({ length: count }, (_, i) => ({
        from: `${root}/h/${i}`,
        to: `${root}/i/sub/${i}`,
        size: 4,
      }));
      for (const { from } of copies) await storage.write(from, "data");
      await storage.copyFiles(copies, { parallelism: 3 });
      for (const { from } of copies) await storage.write(from, "changed");
      expect(await Promise.all(copies.map(({ to }) => storage.readText(to)))).toEqual(
        copies.map(() => "data"),
      );
      expect((await storage.list(`${root}/i/sub`)).length).toBe(count);
    },
  );

  test("copyFiles replaces a target and refuses a source of another size", async () => {
    await storage.write(`${root}/j`, "1234");
    await storage.write(`${root}/k`, "garbage of a killed copy");
    await storage.copyFiles([{ from: `${root}/j`, to: `${root}/k`, size: 4 }]);
    expect(await storage.readText(`${root}/k`)).toBe("1234");
    const copy = storage.copyFiles([{ from: `${root}/j`, to: `${root}/l`, size: 5 }]);
    await expect(copy).rejects.toMatchObject({ code: "DELTA_COPY_INCOMPLETE" });
    expect(await storage.stat(`${root}/l`)).toBeUndefined();
  });

  test("move replaces, remove is idempotent, mkdirs too", async () => {
    await storage.write(`${root}/m`, "m");
    await storage.write(`${root}/n`, "n");
    await storage.move(`${root}/m`, `${root}/n`);
    expect(await storage.stat(`${root}/m`)).toBeUndefined();
    expect(await storage.readText(`${root}/n`)).toBe("m");
    await storage.remove(`${root}/n`);
    await storage.remove(`${root}/n`);
    expect(await storage.stat(`${root}/n`)).toBeUndefined();
    await storage.mkdirs(`${root}/o/p`);
    await storage.mkdirs(`${root}/o/p`);
    expect(await storage.list(`${root}/o/p`)).toEqual([]);
  });
}
