import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunSummary } from "@clone-xs/clone";
import type { Workspace } from "@clone-xs/unity";
import { clone, sendAll, withLakehouse } from "./embedded.ts";

const cache = fileURLToPath(new URL("../../node_modules/.cache/clxs-bench/", import.meta.url));

const SCHEMAS = 20;
const TABLES_PER_SCHEMA = 500;
const BIG = { source_catalog: "big", destination_catalog: "big_copy" };

/** Where `makeManyTables` has made them. */
export async function manyTables(): Promise<string> {
  return join(cache, await recipe());
}

/**
 * A workspace with a catalog of many tables and its clone. Made once and kept among the caches of the checkout, until this file changes or
 * what is kept has drifted in the eyes of the engine as it is now.
 */
export async function makeManyTables(): Promise<void> {
  const directory = await manyTables();
  const ready = `${directory}.ready`;
  if (existsSync(ready) && (await isInSync(directory))) return;
  console.log(`making ${SCHEMAS * TABLES_PER_SCHEMA} tables and their clones, which later runs find made`);
  await rm(cache, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await withLakehouse(async (lakehouse) => {
    const workspace = lakehouse.connect();
    await makeSource(workspace);
    await clone(workspace, { ...BIG, load_type: "FULL", max_parallel_queries: 16 });
  }, directory);
  await writeFile(ready, "");
}

/** Names the workspace after what it is made by. */
async function recipe(): Promise<string> {
  const text = await readFile(fileURLToPath(import.meta.url));
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

async function makeSource(workspace: Workspace): Promise<void> {
  const schemas = Array.from({ length: SCHEMAS }, (_, i) => `big.s${String(i).padStart(2, "0")}`);
  await sendAll(workspace, ["CREATE CATALOG big", ...schemas.map((schema) => `CREATE SCHEMA ${schema}`)]);
  const tables = schemas.flatMap((schema) =>
    Array.from(
      { length: TABLES_PER_SCHEMA },
      (_, i) => `CREATE TABLE ${schema}.t${String(i).padStart(3, "0")} (id BIGINT, name STRING, at DATE)`,
    ),
  );
  await sendAll(workspace, tables, 16);
}

async function isInSync(directory: string): Promise<boolean> {
  try {
    const { tables } = await withLakehouse((lakehouse) => compared(lakehouse.connect()), directory);
    return tables.skipped === SCHEMAS * TABLES_PER_SCHEMA;
  } catch (error) {
    console.log(`what was kept cannot be used: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** A SELECTIVE run over them. */
export function compared(workspace: Workspace): Promise<RunSummary> {
  return clone(workspace, { ...BIG, load_type: "SELECTIVE" });
}
