import type { Ends } from "../inspect/ends.ts";
import type { ClonePlan } from "../plan/plan.ts";
import type { Check } from "./document.ts";

/** Source: "Resource limits" of Unity Catalog in the Databricks documentation. An account may have others. */
const LIMITS: Limits = { tables: 10_000, functions: 10_000, volumes: 10_000, schemas: 10_000 };

type Limits = Readonly<Record<"tables" | "functions" | "volumes" | "schemas", number>>;

/** What would be somewhere when the plan is carried out. */
interface Counted {
  readonly object: string;
  readonly what: keyof Limits;
  readonly count: number;
}

/** Nine tenths of a limit: not long to go. */
const NEAR = 0.9;

/** How full the target would be: schemas of the catalog, and tables with views, functions and volumes of each schema. Pure. */
export function checkQuotas({ target }: Ends, plan: ClonePlan, limits = LIMITS): readonly Check[] {
  const catalog = plan.destinationCatalog;
  const existing = [...(target?.schemas ?? []).map(({ schema }) => schema), ...(target?.unread ?? [])];
  const makes = (kind: string) => plan.steps.filter(({ operation }) => operation.kind === kind).length;
  const checks = [
    ...near({ object: catalog, what: "schemas", count: existing.length + makes("create_schema"), limits }),
    ...plan.schemas.flatMap((name) =>
      inSchema(name, plan, target).flatMap((found) => near({ ...found, limits })),
    ),
  ];
  if (checks.length > 0) return checks;
  const message = `Within the documented limits: ${limits.tables} tables, functions and volumes a schema, ${limits.schemas} schemas a catalog`;
  return [{ check: "quota", state: "pass", object: catalog, message }];
}

function inSchema(
  name: string,
  { destinationCatalog, steps }: ClonePlan,
  target: Ends["target"],
): readonly Counted[] {
  const there = target?.schemas.find(({ schema }) => schema.schema.toLowerCase() === name.toLowerCase());
  const prefix = `${destinationCatalog}.${name}.`.toLowerCase();
  const after = (kinds: readonly string[], names: readonly { readonly name: string }[]) => {
    const made = steps.filter(
      ({ kind, object }) => kinds.includes(kind) && object.toLowerCase().startsWith(prefix),
    );
    return new Set([
      ...names.map((one) => `${prefix}${one.name}`.toLowerCase()),
      ...made.map(({ object }) => object.toLowerCase()),
    ]).size;
  };
  const object = `${destinationCatalog}.${name}`;
  return [
    { object, what: "tables", count: after(["table", "view"], there?.tables ?? []) },
    { object, what: "functions", count: after(["function"], there?.functions ?? []) },
    { object, what: "volumes", count: after(["volume"], there?.volumes ?? []) },
  ];
}

function near({ object, what, count, limits }: Counted & { readonly limits: Limits }): readonly Check[] {
  const limit = limits[what];
  if (count <= limit * NEAR) return [];
  const state = count > limit ? "block" : "warn";
  const message = `It would hold ${count} ${what}; the documented limit is ${limit}, unless the account has another`;
  return [{ check: "quota", state, object, message }];
}
