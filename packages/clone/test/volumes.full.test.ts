import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Files, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listVolume } from "../src/volumes/tree.ts";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

let test: TestWorkspace;
let outside: string;
beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), "clxs-volumes-"));
  test = await openTestWorkspace({ allowPaths: [outside] });
});
afterAll(async () => {
  await test?.close();
  await rm(outside, { recursive: true, force: true });
});

let source: string;
let made = 0;
beforeEach(async () => {
  source = `files${made++}`;
  await test.sql(`CREATE CATALOG ${source}`, `CREATE SCHEMA ${source}.s`, `CREATE VOLUME ${source}.s.v`);
});
afterEach(() => test.sql(`DROP CATALOG ${source} CASCADE`));

const HOSTILE = [
  "a b.txt",
  "größe 📦.csv",
  "50%25#1?.bin",
  "it's `quoted`.txt",
  "-rf",
  "..hidden",
  "a+b&c=d",
];

async function* once(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof content === "string" ? Buffer.from(content) : content;
}
const put = (catalog: string, path: string, content: string | Uint8Array) =>
  test.workspace.files.write(`/Volumes/${catalog}/s/v/${path}`, once(content), { overwrite: true });
const get = async (catalog: string, path: string) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of test.workspace.files.read(`/Volumes/${catalog}/s/v/${path}`)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};
const filesOf = async (catalog: string) => {
  const { files } = await listVolume(
    test.workspace.files,
    { catalog, schema: "s", name: "v" },
    { parallel: 2 },
  );
  return [...files.keys()].sort();
};
const to = (destination_catalog: string, more: object = {}) => ({
  source_catalog: source,
  destination_catalog,
  ...more,
});
/** The workspace with some of its file operations changed, and what was asked of it. */
function watched(change: Partial<Files> = {}): { workspace: Workspace; written: string[]; read: string[] } {
  const { files, ...rest } = test.workspace;
  const [written, read]: [string[], string[]] = [[], []];
  const calls: Files = {
    list: (path) => files.list(path),
    stat: (path) => files.stat(path),
    read: (path, options) => files.read(path, options),
    write: (path, content, options) => files.write(path, content, options),
    makeDirectory: (path) => files.makeDirectory(path),
    remove: (path) => files.remove(path),
    ...change,
  };
  const seen: Files = {
    ...calls,
    read: (path, options) => {
      if (!path.includes(".clxs-manifest")) read.push(path);
      return calls.read(path, options);
    },
    write: (path, content, options) => {
      if (!path.includes(".clxs-manifest")) written.push(path);
      return calls.write(path, content, options);
    },
  };
  return { workspace: { ...rest, files: seen, close: () => test.workspace.close() }, written, read };
}

describe("files of volumes", () => {
  it("are copied side by side without a warning of Node's", async () => {
    const warnings: string[] = [];
    const note = (warning: Error) => warnings.push(warning.name);
    process.on("warning", note);
    try {
      for (let i = 0; i < 40; i++) await put(source, `f${i}`, "x".repeat(100_000));
      const { signal } = new AbortController();
      await run(test.workspace, to("many", { max_parallel_queries: 40 }), { signal });
    } finally {
      process.off("warning", note);
    }
    expect(warnings).toEqual([]);
  });

  it("pitfall 11: are copied, whatever their names, and counted apart from what CLONE counts", async () => {
    for (const [i, name] of HOSTILE.entries()) await put(source, `dir ${i}/${name}`, `content ${i}`);
    await put(source, "empty", "");
    await test.workspace.files.makeDirectory(`/Volumes/${source}/s/v/nothing/here`);
    const { summary } = await run(test.workspace, to("hostile"));
    expect(summary).toMatchObject({
      status: "success",
      volumes: { success: 1, failed: 0, skipped: 0 },
      files_copied: 0,
      bytes_copied: 0,
      volume_files_copied: HOSTILE.length + 1,
      volume_bytes_copied: HOSTILE.length * "content 0".length,
      errors: [],
    });
    expect(summary.residue.filter(({ what }) => what === "files")).toEqual([]);
    expect(await filesOf("hostile")).toEqual(await filesOf(source));
    for (const [i, name] of HOSTILE.entries())
      expect(await get("hostile", `dir ${i}/${name}`)).toBe(`content ${i}`);
    expect(await test.workspace.files.list("/Volumes/hostile/s/v/nothing/here")).toEqual([]);
  });

  it("go over again only when they are new or changed", async () => {
    await put(source, "same", "1");
    await put(source, "changed", "1");
    await run(test.workspace, to("again"));
    const idle = watched();
    const first = await run(idle.workspace, to("again", { load_type: "SELECTIVE" }));
    expect(first.summary).toMatchObject({ volumes: { success: 0, skipped: 1 }, volume_files_copied: 0 });
    expect([...idle.written, ...idle.read]).toEqual([]);
    await put(source, "changed", "22");
    await put(source, "new/one", "333");
    const { workspace, written } = watched();
    const { summary } = await run(workspace, to("again"));
    expect(written.sort()).toEqual(["/Volumes/again/s/v/changed", "/Volumes/again/s/v/new/one"]);
    expect(summary).toMatchObject({ volume_files_copied: 2, volume_bytes_copied: 5 });
    expect(await get("again", "changed")).toBe("22");
    const forced = watched();
    await run(forced.workspace, to("again", { force_reclone: true }));
    expect(forced.written).toHaveLength(3);
  });

  it("are streamed, a few pieces in memory at a time and a few files at once", async () => {
    const piece = Buffer.alloc(64 * 1024, 7);
    async function* large(pieces: number): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < pieces; i++) yield piece;
    }
    for (const name of ["a", "b", "c", "d", "e"])
      await test.workspace.files.write(`/Volumes/${source}/s/v/${name}`, large(160));
    let [open, most] = [0, 0];
    const { workspace } = watched({
      write: async (path, content, options) => {
        if (!path.includes(".clxs-manifest")) most = Math.max(most, ++open);
        await test.workspace.files.write(path, content, options);
        if (!path.includes(".clxs-manifest")) open -= 1;
      },
    });
    const { summary, events } = await run(workspace, to("large", { max_parallel_queries: 2 }));
    expect(most).toBe(2);
    expect(summary.volume_bytes_copied).toBe(5 * 160 * piece.length);
    const told = events.flatMap((event) => (event.type === "copied" ? event.bytes : []));
    expect(told.reduce((sum, bytes) => sum + bytes, 0)).toBe(5 * 160 * piece.length);
    expect(told.filter((bytes) => bytes > 0).length).toBeGreaterThan(5);
    const planned = events.find((event) => event.type === "planned");
    expect(planned).toMatchObject({ bytes: 5 * 160 * piece.length });
  });

  it("are continued where a run was stopped, overwriting nothing that was recorded", async () => {
    for (let i = 0; i < 5; i++) await put(source, `f${i}`, `${i}`);
    const stop = new AbortController();
    const { workspace } = watched({
      write: async (path, content, options) => {
        await test.workspace.files.write(path, content, options);
        if (path.endsWith("/f2")) stop.abort();
      },
    });
    const cancelled = await run(workspace, to("stopped", { max_parallel_queries: 1 }), {
      signal: stop.signal,
    });
    expect(cancelled.summary.status).toBe("cancelled");
    const before = await filesOf("stopped");
    expect(before.length).toBeLessThan(5);
    const { workspace: next, written } = watched();
    const { summary } = await run(next, to("stopped"));
    expect(summary).toMatchObject({ status: "success", errors: [] });
    expect(await filesOf("stopped")).toEqual(["f0", "f1", "f2", "f3", "f4"]);
    expect(written).not.toContain("/Volumes/stopped/s/v/f0");
  });

  it("are copied again after a kill between the copy and its record", async () => {
    await put(source, "f", "old");
    let writes = 0;
    const dying = watched({
      write: (path, content, options) => {
        if (path.includes("part-") && ++writes === 2) throw new WorkspaceError("INTERNAL", "Killed.");
        return test.workspace.files.write(path, content, options);
      },
    });
    expect((await run(dying.workspace, to("killed"))).summary.status).toBe("failed");
    expect(await get("killed", "f")).toBe("old");
    await put(source, "f", "new and longer");
    expect((await run(test.workspace, to("killed"))).summary).toMatchObject({
      status: "success",
      errors: [],
    });
    expect(await get("killed", "f")).toBe("new and longer");
  });

  it("that failed do not keep the others back, and are named", async () => {
    for (const name of ["good", "bad", "fine"]) await put(source, name, name);
    const failing = watched({
      read: (path, options) => {
        if (path.endsWith("/bad")) throw new WorkspaceError("PERMISSION_DENIED", "Not yours.");
        return test.workspace.files.read(path, options);
      },
    });
    const { summary } = await run(failing.workspace, to("partly"));
    expect(summary.volumes).toMatchObject({ success: 0, failed: 1 });
    expect(summary.errors).toEqual([
      {
        object: "partly.s.v",
        operation: "create_volume",
        code: "FILES_NOT_COPIED",
        message: "1 file (bad) could not be copied; bad: Not yours.",
      },
    ]);
    expect(await filesOf("partly")).toEqual(["fine", "good"]);
    const { workspace, written } = watched();
    expect((await run(workspace, to("partly"))).summary.status).toBe("success");
    expect(written).toEqual(["/Volumes/partly/s/v/bad"]);
  });

  it("that did not arrive whole are an error, not a copy", async () => {
    await put(source, "f", "123456");
    const cutting = watched({
      stat: async (path) => {
        const found = await test.workspace.files.stat(path);
        return found && path.startsWith("/Volumes/cut") ? { ...found, size: 3 } : found;
      },
    });
    const { summary } = await run(cutting.workspace, to("cut"));
    expect(summary.errors).toMatchObject([{ code: "FILES_NOT_COPIED" }]);
    expect(summary.errors[0]?.message).toContain("6 bytes were sent, and 3 bytes arrived");
  });

  it("that go away while they are copied are named, and no error", async () => {
    await put(source, "f", "1");
    const vanishing = watched({
      read: (path, options) => {
        if (!path.startsWith(`/Volumes/${source}`)) return test.workspace.files.read(path, options);
        return (async function* () {
          await test.workspace.files.remove(path);
          yield* test.workspace.files.read(path, options);
        })();
      },
    });
    const { summary } = await run(vanishing.workspace, to("vanished"));
    expect(summary.status).toBe("success");
    expect(summary.residue.filter(({ what }) => what === "files")).toEqual([
      { object: "s.v", what: "files", reason: "removed from the source during the copy: 1 file (f)" },
    ]);
  });
});

describe("files that the copy has already", () => {
  it("are refused when no clone wrote them, and replaced when the user says so", async () => {
    await put(source, "f", "ours");
    await test.sql("CREATE CATALOG theirs", "CREATE SCHEMA theirs.s", "CREATE VOLUME theirs.s.v");
    await put("theirs", "f", "theirs");
    await put("theirs", "other", "untouched");
    const refused = await run(test.workspace, to("theirs"));
    expect(refused.summary).toMatchObject({ status: "failed", errors: [{ code: "FOREIGN_TARGET" }] });
    expect(await get("theirs", "f")).toBe("theirs");
    const replaced = await run(test.workspace, to("theirs", { replace_foreign: true }));
    expect(replaced.summary.status).toBe("success");
    expect(await get("theirs", "f")).toBe("ours");
    expect(await get("theirs", "other")).toBe("untouched");
  });

  it.each([
    ["fail", "failed", "changed there"],
    ["skip", "success", "changed there"],
    ["overwrite", "success", "ours"],
  ])("and were changed there: %s", async (on_target_modified, status, content) => {
    const target = `touched_${on_target_modified}`;
    await put(source, "f", "ours");
    await run(test.workspace, to(target));
    await put(target, "f", "changed there");
    const { summary } = await run(test.workspace, to(target, { on_target_modified }));
    expect(summary.status).toBe(status);
    expect(await get(target, "f")).toBe(content);
    const kept = summary.residue.filter(({ what }) => what === "files");
    expect(kept).toHaveLength(on_target_modified === "skip" ? 1 : 0);
  });

  it("and are gone on the source are named, and stay", async () => {
    await put(source, "f", "1");
    await put(source, "gone", "2");
    await run(test.workspace, to("orphaned"));
    await test.workspace.files.remove(`/Volumes/${source}/s/v/gone`);
    const { summary } = await run(test.workspace, to("orphaned", { load_type: "SELECTIVE" }));
    expect(summary.residue.filter(({ what }) => what === "files")).toEqual([
      { object: "s.v", what: "files", reason: "gone on the source and kept on the copy: 1 file (gone)" },
    ]);
    expect(await filesOf("orphaned")).toEqual(["f", "gone"]);
  });

  it("are not taken for ours because a clone of a clone brought the record along", async () => {
    await put(source, "f", "1");
    await run(test.workspace, to("middle"));
    const second = await run(test.workspace, { source_catalog: "middle", destination_catalog: "last" });
    expect(second.summary).toMatchObject({ status: "success", volume_files_copied: 1 });
    expect(await filesOf("last")).toEqual(["f"]);
  });
});

describe("external volumes", () => {
  it("pitfall 11: never show the source's files: they need a place of their own", async () => {
    await test.sql(`CREATE EXTERNAL VOLUME ${source}.s.ext LOCATION '${outside}/${source}/ext'`);
    await test.workspace.files.write(`/Volumes/${source}/s/ext/f`, once("1"));
    const without = await run(test.workspace, to("no_place"));
    expect(without.summary.residue).toContainEqual({
      object: "s.ext",
      what: "volume",
      reason: "an external volume needs a location of its own; it would show the source's files",
    });
    const placed = await run(test.workspace, to("place", { location: `${outside}/copies` }));
    expect(placed.summary).toMatchObject({ status: "success", volumes: { success: 2 } });
    const volumes = await test.workspace.unity.volumes("place", "s");
    expect(volumes.find(({ name }) => name === "ext")).toMatchObject({ volumeType: "EXTERNAL" });
    await test.workspace.files.remove(`/Volumes/${source}/s/ext/f`);
    expect(await test.workspace.files.stat("/Volumes/place/s/ext/f")).toMatchObject({ size: 1 });
  });

  it("pitfall 13: the record has the state that was listed before the copy, so that a change meanwhile is seen", async () => {
    await put(source, "f", "before");
    const racing = watched({
      write: async (path, content, options) => {
        await test.workspace.files.write(path, content, options);
        if (path.endsWith("/f")) await put(source, "f", "after!");
      },
    });
    await run(racing.workspace, to("raced"));
    const { summary } = await run(test.workspace, to("raced", { load_type: "SELECTIVE" }));
    expect(summary.volume_files_copied).toBe(1);
    expect(await get("raced", "f")).toBe("after!");
  });
});

it("keeps the checksum of every file in the copy", async () => {
  await put(source, "f", "content");
  await run(test.workspace, to("summed"));
  const text = await get("summed", ".clxs-manifest/all.ndjson");
  const [, record] = text.split("\n").map((line) => (line === "" ? {} : JSON.parse(line)) as object);
  expect(record).toMatchObject({
    path: "f",
    state: "copied",
    size: 7,
    sha256: createHash("sha256").update("content").digest("hex"),
  });
});
