import { WorkspaceError } from "@clone-xs/unity";
import { holds, lacks, type Target } from "../../authorization/index.ts";
import { type CatalogReader, volumeOf } from "../catalog/lookup.ts";
import { placeIn, type Place } from "./place.ts";
import { volumePath } from "./volume-path.ts";

type VolumePrivilege = "READ_VOLUME" | "WRITE_VOLUME";

/**
 * Where a path leads on the disk, for somebody who holds the privilege on its volume. Throws NOT_FOUND for a volume that the caller does not
 * see, PERMISSION_DENIED in the words of Unity Catalog. Source: Unity Catalog privileges reference, "READ VOLUME", "WRITE VOLUME".
 */
export function openPath(
  reader: CatalogReader,
  path: string,
  privilege: VolumePrivilege,
): Place & { readonly isManaged: boolean } {
  const { volume, parts } = volumePath(path);
  const { location, volumeType } = volumeOf(reader, volume);
  const { catalog, schema } = volume;
  requirePrivilege(reader, "USE_CATALOG", { type: "catalog", name: catalog });
  requirePrivilege(reader, "USE_SCHEMA", { type: "schema", name: { catalog, schema } });
  requirePrivilege(reader, privilege, { type: "volume", name: volume });
  const place = placeIn(location, { volume: `/Volumes/${catalog}/${schema}/${volume.name}`, parts });
  return { ...place, isManaged: volumeType === "MANAGED" };
}

function requirePrivilege(reader: CatalogReader, privilege: string, target: Target): void {
  if (holds(reader, privilege, target)) return;
  throw new WorkspaceError("PERMISSION_DENIED", lacks(privilege, target), {
    errorClass: "PERMISSION_DENIED",
  });
}
