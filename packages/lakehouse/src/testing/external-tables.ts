import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { type JsonObject, parseJson } from "@clone-xs/delta";
import type { Lakehouse } from "../workspace/lakehouse.ts";
import { type SqlSession, sqlSession } from "./sql-session.ts";
import { openTestLakehouse } from "./test-lakehouse.ts";

/** A lakehouse with a schema `c.s`, and a directory beside it for tables whose files a test looks at. */
export interface ExternalTables extends SqlSession {
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly lakehouse: () => Lakehouse;
  /** Where a table of a name goes: its LOCATION. */
  readonly at: (name: string) => string;
}

/** Called at the top of a test file; `open` and `close` are its hooks. */
export function externalTables(): ExternalTables {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "clxs-tables-")));
  let lakehouse: Lakehouse | undefined;
  const opened = () => {
    if (lakehouse === undefined) throw new Error("The lakehouse is not open");
    return lakehouse;
  };
  const session = sqlSession(opened, { catalog: "c", schema: "s" });
  return {
    ...session,
    lakehouse: opened,
    at: (name) => join(directory, name),
    async open() {
      lakehouse = await openTestLakehouse({ allowPaths: [directory] });
      await session.sql("CREATE CATALOG c");
      await session.sql("CREATE SCHEMA s");
    },
    async close() {
      await lakehouse?.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** Bodies of the actions of one kind in a commit of the table in a directory. */
export function actionsIn(root: string, version: number, kind: string): JsonObject[] {
  const name = `${String(version).padStart(20, "0")}.json`;
  const lines = readFileSync(join(root, "_delta_log", name), "utf8")
    .trim()
    .split("\n");
  return lines.flatMap((line) => {
    const body = (parseJson(line) as Record<string, JsonObject>)[kind];
    return body === undefined ? [] : [body];
  });
}

/** The values of a key in {@link actionsIn} that are text. */
export function textsIn(root: string, version: number, kind: string, key: string): string[] {
  return actionsIn(root, version, kind).flatMap(({ [key]: value }) =>
    typeof value === "string" ? [value] : [],
  );
}

/** Versions whose commits are in the log, ascending. */
export function versionsIn(root: string): number[] {
  const names = readdirSync(join(root, "_delta_log"));
  return names
    .filter((name) => /^\d{20}\.json$/.test(name))
    .map((name) => Number(name.slice(0, 20)))
    .sort((a, b) => a - b);
}

/** Every file below the root but the log, with what tells it from a copy of it. */
export function dataFilesIn(
  root: string,
): ReadonlyMap<string, { readonly inode: number; readonly links: number }> {
  const found = new Map<string, { readonly inode: number; readonly links: number }>();
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path);
    if (!entry.isFile() || name.startsWith("_delta_log")) continue;
    const { ino: inode, nlink: links } = statSync(path);
    found.set(name, { inode, links });
  }
  return found;
}
