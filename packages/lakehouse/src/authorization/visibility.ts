import { holds, holdsAny, manages, type Target, type Viewer } from "./privileges.ts";

/**
 * Whether the catalog shows a securable to a principal at all: to those who manage it, and to holders of any privilege on it who may
 * use its parents. BROWSE on a parent shows what is below without the right to use it.
 */
export function sees(viewer: Viewer, target: Target): boolean {
  if (manages(viewer, target)) return true;
  if (holds(viewer, "BROWSE", target)) return true;
  return mayUseParents(viewer, target) && holdsAny(viewer, target);
}

function mayUseParents(viewer: Viewer, target: Target): boolean {
  if (target.type === "metastore" || target.type === "catalog") return true;
  const { catalog, schema } = target.name;
  const usesCatalog = holds(viewer, "USE_CATALOG", { type: "catalog", name: catalog });
  if (target.type === "schema") return usesCatalog;
  return usesCatalog && holds(viewer, "USE_SCHEMA", { type: "schema", name: { catalog, schema } });
}
