import type { Api, Run } from "../harness/api.ts";
import type { Ended, Query, Session } from "../harness/session.ts";
import type { Sandbox } from "../harness/workspace.ts";

/** Runbook lines 52–72: the same INSERT by the same principal before, during and after a clone that quiesces its source. */
export interface Feature3 {
  readonly before: Ended;
  readonly during: Ended;
  readonly after: Ended;
  readonly run: Run;
  /** What the workspace's own query history has of the time of the run, oldest first. */
  readonly history: readonly Query[];
  /** Grants on the source, as the workspace tells them. */
  readonly grants: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** The same clone, cancelled in the middle. */
  readonly cancelled: {
    readonly run: Run;
    readonly during: Ended;
    readonly after: Ended;
    readonly grants: readonly string[];
  };
}

export async function feature3({ api, owner, writer }: Sandbox): Promise<Feature3> {
  const grantsBefore = await grantsOf(owner);
  const before = await insert(writer, 0, "pre-clone-write");
  const since = Date.now();
  const id = await submit(api, "demo_quick_p3");
  const during = await whileQuiesced(api, id, () => insert(writer, 1, "mid-clone-write"));
  const run = await api.until(id, () => false);
  const after = await insert(writer, 2, "post-clone-write");
  const history = (await owner.history(since)).toReversed();
  const grantsAfter = await grantsOf(owner);
  const cancelled = await cancelInTheMiddle(api, owner, writer);
  return {
    before,
    during,
    after,
    run,
    history,
    grants: { before: grantsBefore, after: grantsAfter },
    cancelled,
  };
}

async function cancelInTheMiddle(api: Api, owner: Session, writer: Session): Promise<Feature3["cancelled"]> {
  const id = await submit(api, "demo_quick_p3_cancelled");
  const during = await whileQuiesced(api, id, () => insert(writer, 3, "mid-clone-write"));
  await api.delete(`/api/clone/${id}`);
  const run = await api.until(id, () => false);
  const after = await insert(writer, 4, "post-cancel-write");
  return { run, during, after, grants: await grantsOf(owner) };
}

async function submit(api: Api, destination: string): Promise<string> {
  const body = { source_catalog: "demo_quick", destination_catalog: destination, quiesce_source: true };
  return String((await api.post("/api/clone", body))["job_id"]);
}

/** Acts as soon as the run copies: everything is revoked by then, and nothing given back. */
async function whileQuiesced<T>(api: Api, id: string, act: () => Promise<T>): Promise<T> {
  await api.until(id, ({ logs }) =>
    logs.some((line) => /CREATE (OR REPLACE )?TABLE .* DEEP CLONE/u.test(line)),
  );
  return act();
}

function insert(session: Session, id: number, note: string): Promise<Ended> {
  return session.execute(`INSERT INTO demo_quick.bronze.events VALUES (${id}, '${note}')`);
}

const PRIVILEGES = [
  ["catalog", "catalog_name", "catalog_name"],
  ["schema", "catalog_name", "schema_name"],
  ["table", "table_schema", "table_name"],
] as const;

/** Every direct grant on the source and what is in it. */
async function grantsOf(owner: Session): Promise<readonly string[]> {
  const parts = PRIVILEGES.map(
    ([level, outer, name]) =>
      `SELECT '${level}', ${outer}, ${name}, grantee, privilege_type FROM demo_quick.information_schema.${level}_privileges WHERE inherited_from = 'NONE'`,
  );
  const { state, message, rows } = await owner.execute(parts.join(" UNION ALL "));
  if (state !== "SUCCEEDED") throw new Error(`the grants could not be read: ${message}`);
  return rows.map((row) => row.join(" ")).sort();
}
