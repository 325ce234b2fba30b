import { Secret } from "@clone-xs/databricks/client";
import type { ConnectionStore } from "./connection-store.ts";
import type { ConnectionDetails, ConnectionPlace } from "./details.ts";

/** A workspace that is served beside the one that is worked on, by the same process. */
export interface Neighbour {
  readonly name: string;
  readonly host: string;
  readonly token: string;
  /** Of its own warehouse: no other workspace has one of this id. */
  readonly warehouseId: string;
}

/**
 * Saves workspaces of this process under their names, so that they can be chosen as targets. One that was saved before, known by its
 * warehouse, is followed to its new address; another connection of that name is somebody's own and stays.
 */
export function saveNeighbours(
  connections: Pick<ConnectionStore, "get" | "add" | "change">,
  neighbours: readonly Neighbour[],
  at: number,
): void {
  for (const neighbour of neighbours) {
    const known = connections.get(neighbour.name);
    if (known === undefined) connections.add(neighbour.name, detailsOf(neighbour), at);
    else if (known.warehouseId === neighbour.warehouseId)
      connections.change(neighbour.name, { ...destinationOf(known), ...detailsOf(neighbour) }, at);
  }
}

function destinationOf({ destinationCatalog }: ConnectionPlace): ConnectionPlace {
  return destinationCatalog === undefined ? {} : { destinationCatalog };
}

function detailsOf({ host, token, warehouseId }: Neighbour): ConnectionDetails {
  return { host, warehouseId, credentials: { method: "pat", token: new Secret(token) } };
}
