import { fullName } from "@clone-xs/unity";
import type { ClonePlan, CloneTableOperation, Step } from "../plan/plan.ts";
import type { ObjectError } from "../summarize/summary.ts";
import { aliasOf, aliasText, mountedName } from "./aliases.ts";
import type { Route } from "./find-route.ts";
import { routeNames } from "./names.ts";

const OPEN_STEP = "route";
const CLOSE_STEP = "route:close";

/** Tables that one share holds. Source: Databricks documentation, limits of Delta Sharing. */
export const TABLES_IN_SHARE = 1000;

type Sharing = Extract<Route, { readonly kind: "sharing" }>;
type TableStep = Step & { readonly operation: CloneTableOperation };

/**
 * The plan as it is carried out over a route: what the target cannot read under its own name is read from the catalog that the route
 * mounts, once that is open. Everything else stays, the names of the sources too: they are what a copy is a copy of. Pure.
 */
export function routed(plan: ClonePlan, route: Route): ClonePlan {
  if (route.kind !== "sharing") return plan;
  const read = plan.steps.filter(readsSource);
  if (read.length === 0) return plan;
  const { catalog } = routeNames(route.tuple);
  const steps = plan.steps.map((step) => (readsSource(step) ? through(step, catalog) : step));
  return {
    ...plan,
    steps: [openStep(read, route), ...steps, ...(route.cleanup ? [closeStep(read, route)] : [])],
    refused: [...plan.refused, ...impossible(read, plan)],
    notes: [...plan.notes, noteOn(read, route)],
  };
}

/** A table without rows is made from its definition alone. */
function readsSource(step: Step): step is TableStep {
  return step.operation.kind === "clone_table" && step.operation.extent.rows !== "none";
}

function through(step: TableStep, catalog: string): Step {
  const { operation } = step;
  return {
    ...step,
    dependsOn: [OPEN_STEP, ...step.dependsOn],
    operation: { ...operation, readFrom: mountedName(operation.source, catalog) },
  };
}

function openStep(read: readonly TableStep[], { tuple }: Sharing): Step {
  const names = routeNames(tuple);
  return {
    id: OPEN_STEP,
    stage: "route",
    kind: "route",
    object: names.catalog,
    reason: "other_metastore",
    dependsOn: [],
    operation: {
      kind: "open_route",
      ...names,
      tuple,
      tables: read.map(({ id, operation: { source } }) => ({
        source,
        sharedAs: aliasText(aliasOf(source)),
        step: id,
      })),
    },
  };
}

function closeStep(read: readonly TableStep[], { tuple }: Sharing): Step {
  const names = routeNames(tuple);
  return {
    id: CLOSE_STEP,
    stage: "cleanup",
    kind: "route",
    object: names.share,
    reason: "cleanup_after_clone",
    dependsOn: [OPEN_STEP, ...read.map(({ id }) => id)],
    anyway: true,
    operation: { kind: "close_route", ...names, tuple },
  };
}

/**
 * What no share can give. One share for each pair of catalogs is what makes its name known from anywhere; a second one for what does not
 * fit in the first could not be found again by a run that clones other tables, so that more is refused.
 */
function impossible(read: readonly TableStep[], { destinationCatalog }: ClonePlan): readonly ObjectError[] {
  const refused = (object: string, message: string): ObjectError => ({
    object,
    operation: "open_route",
    code: "ROUTE_IMPOSSIBLE",
    message,
  });
  const shallow = read.find(({ operation }) => operation.depth === "SHALLOW");
  return [
    ...(shallow === undefined
      ? []
      : [
          refused(
            shallow.object,
            `A shallow clone needs the files of ${fullName(shallow.operation.source)}, which are in another metastore. Clone deeply across metastores.`,
          ),
        ]),
    ...(read.length <= TABLES_IN_SHARE
      ? []
      : [
          refused(
            destinationCatalog,
            `${read.length} tables are to be shared, and a share holds at most ${TABLES_IN_SHARE}. Clone them in parts (include_schemas), each with cleanup_after_clone.`,
          ),
        ]),
  ];
}

function noteOn({ length }: readonly TableStep[], { tuple, cleanup }: Sharing): string {
  const { share, catalog } = routeNames(tuple);
  const count = `${length} ${length === 1 ? "table is" : "tables are"}`;
  const after = cleanup
    ? "Both are removed after the clone, unless something else uses them."
    : "Both stay for the next clone.";
  return `The target has another metastore: ${count} shared with it in ${share}, and read there as ${catalog}. ${after}`;
}
