import { setTimeout as sleep } from "node:timers/promises";
import { type Clxs, serve } from "./clxs.ts";
import { withoutSecrets } from "./transcript.ts";

/** The product's API in a process of its own, as the runbook's curl lines call it. */
export interface Api {
  readonly url: string;
  /** The ready line of the process. */
  readonly ready: unknown;
  /** Sends what `curl -d` sends, form type included; the parsed answer. */
  post(path: string, body: object): Promise<Record<string, unknown>>;
  get<Answer = Record<string, unknown>>(path: string): Promise<Answer>;
  delete(path: string): Promise<Record<string, unknown>>;
  /** Looks at a run again and again until `enough` says so or it is over. */
  until(id: string, enough: (run: Run) => boolean): Promise<Run>;
  stop(): Promise<void>;
  /** Ends the process at once, as `docker kill` does. */
  kill(): Promise<void>;
}

/** `GET /api/clone/{id}` as far as the scripts read it. */
export interface Run {
  readonly status: string;
  readonly logs: readonly string[];
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly error: string | null;
}

const OVER = ["completed", "failed", "cancelled"];

export async function startApi(clxs: Clxs, ...flags: readonly string[]): Promise<Api> {
  const serving = await serve(clxs, "serve", "--port", "0", "--output", "json", ...flags);
  const { url } = serving.ready as { url: string };
  const call = async <Answer = Record<string, unknown>>(
    method: string,
    path: string,
    init: RequestInit = {},
  ): Promise<Answer> => {
    if (method !== "GET") clxs.note?.(`${method} ${path} ${noted(init.body)}`.trim());
    const answer = await fetch(url + path, { method, ...init });
    const body = (await answer.json()) as Answer;
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(body)}`);
    return body;
  };
  const get = <Answer = Record<string, unknown>>(path: string) => call<Answer>("GET", path);
  return {
    url,
    ready: serving.ready,
    get,
    post: (path, body) =>
      call("POST", path, {
        body: JSON.stringify(body),
        headers: { "content-type": "application/x-www-form-urlencoded" },
      }),
    delete: (path) => call("DELETE", path),
    async until(id, enough) {
      for (;;) {
        // The endpoint's shape is what the criteria judge; a wrong one shows there.
        const run = await call<Run>("GET", `/api/clone/${id}`);
        if (OVER.includes(run.status) || enough(run)) return run;
        await sleep(20);
      }
    },
    stop: () => serving.stop(),
    kill: () => serving.kill(),
  };
}

function noted(body: RequestInit["body"]): string {
  return typeof body === "string" ? withoutSecrets(JSON.parse(body)) : "";
}

/** Submits a clone and waits until it is over. */
export async function cloneByApi(api: Api, body: object): Promise<Cloned> {
  const { job_id, message } = await api.post("/api/clone", body);
  const id = String(job_id);
  return { id, message: String(message), run: await api.until(id, () => false) };
}

export interface Cloned {
  readonly id: string;
  /** What the API said when it took the job. */
  readonly message: string;
  readonly run: Run;
}
