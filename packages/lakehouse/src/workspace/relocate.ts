import type { Metastore } from "../metastore/metastore.ts";

/**
 * Follows a workspace directory that was moved or copied: locations below the place where it was opened last are turned into ones below
 * where it is now. Shallow clones keep the absolute paths of their sources' files in their logs and are not mended by this.
 */
export function relocate(metastore: Metastore, directory: string): void {
  const before = metastore.fact("directory", () => directory);
  if (before === directory) return;
  const moved = (location: string) =>
    location.startsWith(`${before}/`) ? directory + location.slice(before.length) : location;
  metastore.transaction(() => {
    for (const { name: catalog } of metastore.catalogs()) {
      for (const table of metastore.tables({ catalog }))
        if (table.location !== undefined) metastore.putTable({ ...table, location: moved(table.location) });
      for (const volume of metastore.volumes({ catalog }))
        metastore.putVolume({ ...volume, location: moved(volume.location) });
    }
    for (const location of metastore.sweepable()) {
      metastore.swept(location);
      metastore.sweepLater(moved(location));
    }
    metastore.setFact("directory", directory);
  });
}
