import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Lakehouse, metastoreNetwork } from "@clone-xs/lakehouse";
import type { Surroundings } from "../surroundings.ts";
import { type EmbeddedSettings, openEmbedded } from "./embedded.ts";
import { type ServedWorkspace, servedWorkspace } from "./served-workspace.ts";

/** Embedded workspaces that this process serves. */
export interface EmbeddedWorkspaces {
  /** The one that is worked on when no other is named. */
  readonly first: Lakehouse;
  /** In order, the first at the beginning. */
  readonly served: readonly ServedWorkspace[];
  /** Gives back all directories. */
  readonly close: () => Promise<void>;
}

export interface EmbeddedWorkspacesOptions {
  readonly count: number;
  /** As many as workspaces when absent; with fewer the last one has the workspaces that are left. */
  readonly metastores?: number;
  /** Of the first one, the others' are those behind it; 0: free ones. */
  readonly port: number;
  readonly settings?: EmbeddedSettings;
}

/**
 * Opens and serves a workspace and more beside it, each at a port and, unless there are fewer metastores than workspaces, with a directory,
 * a metastore, principals and a warehouse of its own; the metastores can share with each other. What it opened is closed again when one of them cannot be. Throws WORKSPACE_HELD or PORT_IN_USE.
 */
export async function serveEmbedded(
  directory: string,
  { count, metastores = count, port, settings = {} }: EmbeddedWorkspacesOptions,
  surroundings: Surroundings,
): Promise<EmbeddedWorkspaces> {
  const opened: Lakehouse[] = [];
  const network = metastoreNetwork();
  const close = async () => {
    for (const lakehouse of opened.toReversed()) await lakehouse.close();
  };
  const next = async (index: number, at: { readonly port: number }) => {
    const last = opened.at(-1);
    if (last !== undefined && index >= metastores) {
      const workspaceId = numberOf(last.metastoreId, index);
      return { lakehouse: last, ...(await last.listenAsAnother({ ...at, workspaceId })) };
    }
    const lakehouse = await openEmbedded(directoryOf(directory, index), surroundings, {
      ...settings,
      network,
    });
    opened.push(lakehouse);
    return { lakehouse, ...(await lakehouse.listen(at)) };
  };
  try {
    const served: ServedWorkspace[] = [];
    for (let index = 0; index < count; index++) {
      const at = { port: port === 0 ? 0 : port + index };
      const { lakehouse, url } = await next(index, at);
      served.push(servedWorkspace(nameOf(index, count), url, lakehouse));
    }
    const [first] = opened;
    if (first === undefined) throw new Error("No workspace was asked for.");
    return { first, served, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The first is the directory itself, the others lie beside it: what may be read in a workspace's directory must not hold another one. */
function directoryOf(directory: string, index: number): string {
  return index === 0 ? directory : `${directory}-${index + 1}`;
}

/** Directories of the other workspaces that were served with this one. */
export function workspacesBeside(directory: string): readonly string[] {
  const [above, own] = [dirname(directory), basename(directory)];
  const others = existsSync(above) ? readdirSync(above) : [];
  return others
    .filter((name) => name.startsWith(own) && /^-\d+$/u.test(name.slice(own.length)))
    .map((name) => join(above, name))
    .sort();
}

/** Sixteen digits, the same at every start. */
function numberOf(metastoreId: string, index: number): string {
  const digest = createHash("sha256").update(`${metastoreId}/${index}`).digest("hex");
  return (BigInt(`0x${digest.slice(0, 12)}`) % 10n ** 16n).toString().padStart(16, "1");
}

function nameOf(index: number, count: number): string {
  if (count === 1) return "embedded";
  return index === 0 ? "source" : `target-${index}`;
}
