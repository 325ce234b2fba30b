import { mkdir, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { dropCatalog } from "@clone-xs/sql";
import type { Workspace } from "@clone-xs/unity";
import { UsageError } from "../usage-error.ts";
import { completed, type DemoCatalog, demoState } from "./catalogs.ts";
import type { DemoSize } from "./table.ts";

export type Seeded = "made" | "found";

/**
 * Makes a demo catalog where it is missing, and makes it again where an earlier attempt was cut short. What is complete is
 * left as it is, with whatever was changed in it since. Throws a UsageError when the name belongs to something else.
 */
export async function seed(
  workspace: Workspace,
  catalog: DemoCatalog,
  size: DemoSize,
  signal: AbortSignal,
): Promise<Seeded> {
  const existing = await workspace.unity.catalog(catalog.name);
  if (existing !== undefined) {
    const state = demoState(existing.comment);
    if (state === "complete") return "found";
    if (state === "foreign")
      throw new UsageError(
        `There is a catalog ${catalog.name} that is not the demo's. Rename or drop it, or use another directory (CLXS_HOME).`,
      );
    await workspace.statements.execute(dropCatalog(catalog.name, { cascade: true }), { signal });
  }
  for (const statement of catalog.statements(size)) await workspace.statements.execute(statement, { signal });
  await writeFiles(workspace, catalog);
  await workspace.statements.execute(completed(catalog), { signal });
  return "made";
}

/** Puts the demo's files into its volumes, where the volume is a directory of this machine. */
async function writeFiles(workspace: Workspace, { name, files }: DemoCatalog): Promise<void> {
  for (const schema of new Set(files.map((file) => file.schema))) {
    const volumes = await workspace.unity.volumes(name, schema);
    for (const file of files.filter((each) => each.schema === schema)) {
      const volume = volumes.find((each) => each.name === file.volume);
      const folder = volume === undefined ? undefined : localPath(volume.storageLocation);
      if (folder === undefined) continue;
      const path = join(folder, file.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, file.text);
    }
  }
}

function localPath(location: string): string | undefined {
  if (isAbsolute(location)) return location;
  return location.startsWith("file:/")
    ? fileURLToPath(location.replace(/^file:\/*/u, "file:///"))
    : undefined;
}
