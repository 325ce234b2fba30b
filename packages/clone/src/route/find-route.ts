import { CloneError } from "../errors.ts";
import type { CloneRequest } from "../request/request.ts";
import type { RunPorts } from "../run/run.ts";
import type { RouteTuple } from "./names.ts";

/**
 * How the target reads the source. `own`: both are one workspace. `same_metastore`: two workspaces that know the same catalogs, so that
 * the target's warehouse clones by the names of the source. `sharing`: by Delta Sharing between two metastores.
 */
export type Route =
  | { readonly kind: "own" }
  | { readonly kind: "same_metastore" }
  | {
      readonly kind: "sharing";
      readonly tuple: RouteTuple;
      /** Take the route down when the clone is done. */
      readonly cleanup: boolean;
    };

/** The route of a request, by the metastores of both ends. Throws INVALID_REQUEST when the two catalogs are one and the same. */
export async function findRoute(
  {
    sourceCatalog,
    destinationCatalog,
    targets,
  }: Pick<CloneRequest, "sourceCatalog" | "destinationCatalog" | "targets">,
  { source, target }: Pick<RunPorts, "source" | "target">,
): Promise<Route> {
  if (source === target) return { kind: "own" };
  const [from, to] = await Promise.all([source.unity.metastore(), target.unity.metastore()]);
  const tuple = {
    sourceMetastore: from.globalMetastoreId,
    sourceCatalog: sourceCatalog.toLowerCase(),
    destinationCatalog: destinationCatalog.toLowerCase(),
    targetMetastore: to.globalMetastoreId,
  };
  if (tuple.sourceMetastore !== tuple.targetMetastore)
    return { kind: "sharing", tuple, cleanup: targets.some(({ cleanup }) => cleanup) };
  if (tuple.sourceCatalog !== tuple.destinationCatalog) return { kind: "same_metastore" };
  throw new CloneError(
    "INVALID_REQUEST",
    `${target.identity.host} has the metastore of ${source.identity.host}: ${sourceCatalog} would be cloned into itself. Choose another destination.`,
    { object: destinationCatalog },
  );
}
