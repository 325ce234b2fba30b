import { randomBytes } from "node:crypto";
import type { Workspace } from "@clone-xs/unity";
import { beforeAll, describe, expect, test } from "vitest";
import type { Conformance } from "./subject.ts";

async function* piecesOf(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const text = (value: string) => piecesOf(Buffer.from(value));

async function contentOf(workspace: Workspace, path: string, offset?: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const options = offset === undefined ? {} : { offset };
  for await (const piece of workspace.files.read(path, options)) pieces.push(piece);
  return Buffer.concat(pieces);
}

export function fileCases({ current, run }: Conformance): void {
  const volume = () => `/Volumes/${current().catalog}/s/inbox`;
  const files = () => current().workspace.files;

  describe("files of a volume", () => {
    beforeAll(async () => {
      await run(`CREATE VOLUME ${current().catalog}.s.inbox`);
    });

    test("are read as they were written, whole and from an offset", async () => {
      const path = `${volume()}/whole.bin`;
      const bytes = randomBytes(3_000_000);
      await files().write(path, piecesOf(bytes));
      expect((await contentOf(current().workspace, path)).equals(bytes)).toBe(true);
      expect((await contentOf(current().workspace, path, 2_999_990)).equals(bytes.subarray(2_999_990))).toBe(
        true,
      );
      expect(await contentOf(current().workspace, path, 3_000_000)).toHaveLength(0);
      expect(await files().stat(path)).toMatchObject({ path, isDirectory: false, size: 3_000_000 });
    });

    test("may be empty, and have names that need care in a URL", async () => {
      for (const name of ["empty", "with space & ünï%2F?#.txt", "a+b=c;d", "100%", "ファイル"]) {
        const path = `${volume()}/names/${name}`;
        await files().write(path, text(name === "empty" ? "" : name));
        expect((await contentOf(current().workspace, path)).toString()).toBe(name === "empty" ? "" : name);
      }
      const listed = await files().list(`${volume()}/names`);
      expect(listed?.map(({ path }) => path.slice(`${volume()}/names/`.length)).sort()).toEqual(
        ["empty", "with space & ünï%2F?#.txt", "a+b=c;d", "100%", "ファイル"].sort(),
      );
    });

    test("are replaced only when asked", async () => {
      const path = `${volume()}/once.txt`;
      await files().write(path, text("first"));
      await expect(files().write(path, text("second"))).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
      expect((await contentOf(current().workspace, path)).toString()).toBe("first");
      await files().write(path, text("second"), { overwrite: true });
      expect((await contentOf(current().workspace, path)).toString()).toBe("second");
    });

    test("stand in directories, which are listed completely and made when missing", async () => {
      await files().makeDirectory(`${volume()}/d/empty`);
      await files().makeDirectory(`${volume()}/d/empty`);
      await files().write(`${volume()}/d/deep/er/file.txt`, text("x"));
      await files().write(`${volume()}/d/file.txt`, text("12345"));
      const listed = (await files().list(`${volume()}/d`))?.map(({ path, isDirectory, size }) => [
        path,
        isDirectory,
        size,
      ]);
      expect(listed?.sort()).toEqual([
        [`${volume()}/d/deep`, true, 0],
        [`${volume()}/d/empty`, true, 0],
        [`${volume()}/d/file.txt`, false, 5],
      ]);
      expect(await files().list(`${volume()}/d/empty`)).toEqual([]);
    });

    test("that are not there: no list, no size, nothing to delete, and an error to read", async () => {
      const missing = `${volume()}/missing`;
      expect(await files().list(missing)).toBeUndefined();
      expect(await files().stat(missing)).toBeUndefined();
      expect(await files().stat(`${volume()}/d`)).toBeUndefined();
      await files().remove(missing);
      await expect(contentOf(current().workspace, missing)).rejects.toMatchObject({ code: "NOT_FOUND" });
      const nowhere = `/Volumes/${current().catalog}/s/no_such_volume`;
      expect(await files().list(nowhere)).toBeUndefined();
      await expect(files().write(`${nowhere}/x`, text("x"))).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    test("are gone once deleted", async () => {
      const path = `${volume()}/gone.txt`;
      await files().write(path, text("x"));
      await files().remove(path);
      expect(await files().stat(path)).toBeUndefined();
    });

    test("stay as they were when new content breaks off", async () => {
      const path = `${volume()}/broken.txt`;
      await files().write(path, text("old"));
      async function* breaking(): AsyncGenerator<Uint8Array> {
        yield Buffer.from("new, but ");
        throw new Error("the source broke");
      }
      await expect(files().write(path, breaking(), { overwrite: true })).rejects.toThrow("the source broke");
      expect((await contentOf(current().workspace, path)).toString()).toBe("old");
      expect((await files().list(volume()))?.filter(({ path }) => path.includes("incoming"))).toEqual([]);
    });

    test("are reached by paths that stay inside the volume", async () => {
      for (const path of ["/../other", "/a/../../other", "/.", "/a/\0"])
        await expect(files().write(volume() + path, text("x"))).rejects.toMatchObject({
          code: "INVALID_REQUEST",
        });
    });

    test("are read with READ VOLUME and written with WRITE VOLUME", async () => {
      const { other, catalog } = current();
      if (other === undefined) return;
      const path = `${volume()}/shared.txt`;
      await files().write(path, text("shared"));
      await expect(contentOf(other.workspace, path)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await run(`GRANT USE CATALOG ON CATALOG ${catalog} TO \`${other.name}\``);
      await run(`GRANT USE SCHEMA ON SCHEMA ${catalog}.s TO \`${other.name}\``);
      await run(`GRANT READ VOLUME ON VOLUME ${catalog}.s.inbox TO \`${other.name}\``);
      expect((await contentOf(other.workspace, path)).toString()).toBe("shared");
      const write = () => other.workspace.files.write(path, text("changed"), { overwrite: true });
      await expect(write()).rejects.toMatchObject({
        code: "PERMISSION_DENIED",
        message: expect.stringContaining(
          `User does not have WRITE VOLUME on Volume '${catalog}.s.inbox'.`,
        ) as string,
      });
      await run(`GRANT WRITE VOLUME ON VOLUME ${catalog}.s.inbox TO \`${other.name}\``);
      await write();
      expect((await contentOf(current().workspace, path)).toString()).toBe("changed");
      await run(`REVOKE USE SCHEMA ON SCHEMA ${catalog}.s FROM \`${other.name}\``);
      await run(`REVOKE USE CATALOG ON CATALOG ${catalog} FROM \`${other.name}\``);
    });
  });
}
