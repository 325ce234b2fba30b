import { setTimeout as sleep } from "node:timers/promises";

/** One principal at the workspace's SQL Statement Execution API, with nothing of the product in between. */
export interface Session {
  /** Runs a statement to its end, whatever that is. */
  execute(statement: string): Promise<Ended>;
  /** The query history, newest first, as far back as `since` (epoch milliseconds). */
  history(since: number): Promise<readonly Query[]>;
}

export interface Ended {
  readonly state: string;
  readonly message: string;
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface Query {
  readonly text: string;
  readonly user: string;
  readonly status: string;
  readonly error: string;
  readonly startedAt: number;
}

export interface Access {
  readonly host: string;
  /** The bearer token, as it is now. */
  readonly bearer: () => Promise<string>;
  readonly warehouseId: string;
  /** Who it is, for the report. */
  readonly user?: string;
  readonly note?: (line: string) => void;
}

export function session(access: Access): Session {
  return {
    async execute(statement) {
      access.note?.(`${access.user ?? "somebody"}: ${statement}`);
      const body = { statement, warehouse_id: access.warehouseId, wait_timeout: "30s" };
      let answer = await call(access, "POST", "/api/2.0/sql/statements", body);
      while (["PENDING", "RUNNING"].includes(answer.status.state)) {
        await sleep(20);
        answer = await call(access, "GET", `/api/2.0/sql/statements/${answer.statement_id}`);
      }
      const { state, error } = answer.status;
      return { state, message: error?.message ?? "", rows: answer.result?.data_array ?? [] };
    },
    async history(since) {
      const filter = `filter_by.query_start_time_range.start_time_ms=${since}&max_results=1000`;
      const { res = [] } = await call<History>(access, "GET", `/api/2.0/sql/history/queries?${filter}`);
      return res.map((query) => ({
        text: query.query_text,
        user: query.user_name,
        status: query.status,
        error: query.error_message ?? "",
        startedAt: query.query_start_time_ms,
      }));
    },
  };
}

interface StatementAnswer {
  readonly statement_id: string;
  readonly status: { readonly state: string; readonly error?: { readonly message: string } };
  readonly result?: { readonly data_array?: (string | null)[][] };
}

interface History {
  readonly res?: readonly {
    readonly query_text: string;
    readonly user_name: string;
    readonly status: string;
    readonly error_message?: string;
    readonly query_start_time_ms: number;
  }[];
}

async function call<Answer = StatementAnswer>(
  { host, bearer }: Access,
  method: "GET" | "POST",
  path: string,
  body?: object,
): Promise<Answer> {
  const answer = await fetch(host + path, {
    method,
    headers: { authorization: `Bearer ${await bearer()}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
