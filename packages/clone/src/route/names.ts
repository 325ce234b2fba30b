import { createHash } from "node:crypto";

/** What one share is for: a catalog of one metastore that is cloned into a catalog of another. */
export interface RouteTuple {
  /** Sharing identifier of the source's metastore, `cloud:region:uuid`. */
  readonly sourceMetastore: string;
  readonly sourceCatalog: string;
  readonly destinationCatalog: string;
  readonly targetMetastore: string;
}

/** What a route is made of, by name. */
export interface RouteNames {
  readonly share: string;
  /** Of a recipient that we make; one that stands for the same metastore is used whatever its name. */
  readonly recipient: string;
  /** The catalog that the target makes from the share. */
  readonly catalog: string;
}

/** The names that stand for a tuple: the same for every run, and from any machine. Source: contract of the product, "Delta Sharing names and reuse". */
export function routeNames(tuple: RouteTuple): RouteNames {
  const { sourceMetastore, sourceCatalog, destinationCatalog, targetMetastore } = tuple;
  const suffix = digits([sourceMetastore, sourceCatalog, destinationCatalog, targetMetastore].join("|"));
  return {
    share: `clone_xs_share_${suffix}`,
    recipient: `clone_xs_recipient_${digits(targetMetastore)}`,
    catalog: `clone_xs_shared_${suffix}`,
  };
}

function digits(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 8);
}
