import { type Clxs, succeed } from "../harness/clxs.ts";

/** Runbook lines 27–38, as typed there. */
export interface Feature1 {
  readonly summary: { readonly formats?: Readonly<Record<string, number>> };
  readonly logs: string;
  /** `col_name` → `data_type` of DESCRIBE FORMATTED on the copy. */
  readonly described: Readonly<Record<string, string>>;
}

export async function feature1(clxs: Clxs): Promise<Feature1> {
  await succeed(
    clxs,
    "sql",
    "CREATE TABLE demo_quick.bronze.parquet_test (id INT, name STRING) USING PARQUET LOCATION 's3://your-bucket/parquet_test/';",
  );
  const cloned = await succeed(
    clxs,
    "clone",
    "--source",
    "demo_quick",
    "--dest",
    "demo_quick_p1",
    "--output",
    "json",
  );
  const described = await succeed(
    clxs,
    "sql",
    "DESCRIBE FORMATTED demo_quick_p1.bronze.parquet_test",
    "--output",
    "json",
  );
  return {
    summary: JSON.parse(cloned.stdout),
    logs: cloned.stderr,
    described: firstTwoColumns(described.stdout),
  };
}

function firstTwoColumns(output: string): Record<string, string> {
  const { rows } = JSON.parse(output) as { rows: (string | null)[][] };
  return Object.fromEntries(rows.map(([name, value]) => [name ?? "", value ?? ""]));
}
