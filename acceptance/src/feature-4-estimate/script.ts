import { cloneByApi } from "../harness/api.ts";
import type { PageRead } from "../harness/browser.ts";
import type { Sandbox } from "../harness/workspace.ts";

type Document = Readonly<Record<string, unknown>>;

/** Runbook lines 73–90. */
export interface Feature4 {
  /** `jq '.selective'` of the estimate against the clone that Feature 2 made. */
  readonly selective: Document | null;
  /** The same against a catalog that does not exist. */
  readonly fresh: Document;
  /** Step 3 of the page for both; absent without a browser. */
  readonly page?: { readonly existing: PageRead; readonly fresh: PageRead };
  /** Summary of the SELECTIVE clone that followed. */
  readonly summary: Document;
}

const SOURCE = "demo_quick";

export async function feature4({ api, browser }: Sandbox): Promise<Feature4> {
  const existing = { source_catalog: SOURCE, destination_catalog: "demo_quick_p2" };
  const missing = { source_catalog: SOURCE, destination_catalog: "this_does_not_exist_yet" };
  const { selective = null } = await api.post("/api/estimate", existing);
  const fresh = await api.post("/api/estimate", missing);
  const page = browser && {
    existing: await preview(existing, "Full clone vs selective re-clone"),
    fresh: await preview(missing, "never_cloned"),
  };
  const { run } = await cloneByApi(api, { ...existing, load_type: "SELECTIVE" });
  return {
    selective: selective as Document | null,
    fresh,
    ...(page ? { page } : {}),
    summary: run.result ?? {},
  };

  /** The wizard opens as a run was asked for; a dry run asks without doing. */
  async function preview(body: object, landmark: string): Promise<PageRead> {
    const { id } = await cloneByApi(api, { ...body, dry_run: true });
    if (browser === undefined) throw new Error("there is no browser");
    return browser.read(`${api.url}/clone?from=${id}&step=3`, landmark);
  }
}
