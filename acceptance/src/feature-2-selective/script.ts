import { type Clxs, succeed } from "../harness/clxs.ts";

/** Runbook lines 39–51, as typed there. */
export interface Feature2 {
  readonly selective: {
    readonly summary: { readonly mode?: string; readonly total_drifted_tables?: number };
    readonly logs: string;
  };
  /** Schemas of the source beside bronze and information_schema. */
  readonly otherSchemas: readonly string[];
}

export async function feature2(clxs: Clxs): Promise<Feature2> {
  const names = ["--source", "demo_quick", "--dest", "demo_quick_p2"];
  await succeed(clxs, "clone", ...names, "--load-type", "FULL");
  await succeed(clxs, "sql", "INSERT INTO demo_quick.bronze.events VALUES (1, 'drift');");
  const selective = await succeed(clxs, "clone", ...names, "--load-type", "SELECTIVE", "--output", "json");
  const schemas = await succeed(clxs, "sql", "SHOW SCHEMAS IN demo_quick", "--output", "json");
  const all = (JSON.parse(schemas.stdout) as { rows: string[][] }).rows.map(([name]) => name ?? "");
  return {
    selective: {
      summary: JSON.parse(selective.stdout),
      logs: selective.stderr,
    },
    otherSchemas: all.filter((name) => !["bronze", "information_schema", "default"].includes(name)),
  };
}
