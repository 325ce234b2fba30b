import { succeed } from "../harness/clxs.ts";
import { rowsOf } from "../harness/rows.ts";
import type { Sandbox } from "../harness/workspace.ts";
import { cloneByApi } from "../harness/api.ts";
import type { PageRead } from "../harness/browser.ts";

/** Runbook lines 27–38, as typed there. */
export interface Feature1 {
  readonly summary: { readonly formats?: Readonly<Record<string, number>> };
  readonly logs: string;
  /** `col_name` → `data_type` of DESCRIBE FORMATTED on the copy. */
  readonly described: Readonly<Record<string, string>>;
  /** Step 4 of the page after a clone of two formats and after one of Delta alone; absent without a browser. */
  readonly page?: { readonly two: PageRead; readonly one: PageRead };
}

export async function feature1({ clxs, api, browser, externalLocation }: Sandbox): Promise<Feature1> {
  await succeed(
    clxs,
    "sql",
    `CREATE TABLE demo_quick.bronze.parquet_test (id INT, name STRING) USING PARQUET LOCATION '${externalLocation}parquet_test/';`,
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
  const described = await rowsOf(clxs, "DESCRIBE FORMATTED demo_quick_p1.bronze.parquet_test");
  const seen = {
    summary: JSON.parse(cloned.stdout),
    logs: cloned.stderr,
    described: Object.fromEntries(described.map(([name, value]) => [name ?? "", value ?? ""])),
  };
  if (browser === undefined) return seen;
  const stepFour = async (schemas: readonly string[]) => {
    const body = {
      source_catalog: "demo_quick",
      destination_catalog: "demo_quick_p1_page",
      include_schemas: schemas,
    };
    const { id } = await cloneByApi(api, body);
    return browser.read(`${api.url}/clone?step=4&run=${id}`, "Data copied");
  };
  return { ...seen, page: { two: await stepFour(["bronze"]), one: await stepFour(["gold"]) } };
}
