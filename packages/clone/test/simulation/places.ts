import { statement, sql, id } from "@clone-xs/sql";
import type { CloneRequestWire } from "@clone-xs/clone";
import type { Workspace } from "@clone-xs/unity";
import type { World } from "./world.ts";

/** Where a story's copies are made: in the source's own workspace, in another metastore, in both, or kept in sync by a stream. */
export const TOPOLOGIES = ["own", "across", "fanned", "streamed"] as const;
export type Topology = (typeof TOPOLOGIES)[number];

/** One copy that the runs of a story make. */
export interface Place {
  /** The connection by which it is reached; `own`: by none. */
  readonly name: "own" | "there" | "beside";
  readonly workspace: Workspace;
  readonly catalog: string;
}

export function placesOf(topology: Topology, { workspace, there }: World, target: string): readonly Place[] {
  switch (topology) {
    case "own":
    case "streamed":
      return [{ name: "own", workspace, catalog: target }];
    case "across":
      return [{ name: "there", workspace: there, catalog: target }];
    case "fanned":
      return [
        { name: "there", workspace: there, catalog: target },
        { name: "beside", workspace, catalog: `${target}_beside` },
      ];
  }
}

/** What a request says of the places. */
export function targetsOf(topology: Topology, places: readonly Place[]): Partial<CloneRequestWire> {
  const targets = places.map(({ name, catalog }) => ({ connection: name, destination_catalog: catalog }));
  if (topology === "own" || topology === "streamed") return {};
  return topology === "across" ? { target_workspace: targets[0] } : { target_workspaces: targets };
}

/** Takes away what sharing has left, so that the source can be dropped and the next story begins with nothing. */
export async function clearShares({ workspace: { sharing }, there }: World): Promise<void> {
  for (const { name, catalogType } of await there.unity.catalogs())
    if (catalogType === "DELTASHARING_CATALOG")
      await there.statements.execute(statement("drop", sql`DROP CATALOG ${id(name)} CASCADE`));
  for (const { name } of await sharing.shares()) await sharing.deleteShare(name);
  for (const { name } of await sharing.recipients()) await sharing.deleteRecipient(name);
}
