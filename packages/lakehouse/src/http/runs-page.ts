import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RunRecord } from "../metastore/job-runs.ts";
import { RUNS_PAGE, runPagePath } from "../workspace/jobs/page-path.ts";
import { visibleRun, visibleRuns } from "../workspace/jobs/visible-runs.ts";
import { callerOf, type ServerContext } from "./context.ts";
import { html, type Markup } from "./markup.ts";
import { Refusal } from "./refusal.ts";

const PAGE_SIZE = 50;

/**
 * Runs of jobs for people, as the service's page of job runs shows them: a list with a filter on the beginning of the name, and one run.
 * Without scripts. Read-only: what changes something is the API's.
 */
export function runsPage(app: FastifyInstance, { metastore, now }: ServerContext): void {
  app.get(RUNS_PAGE, (request, reply) => {
    const { run_name = "", before = "" } = request.query as Readonly<Record<string, string | undefined>>;
    // As people write it who know the name from SQL: LIKE 'name-%'.
    const prefix = run_name.replace(/%$/u, "");
    const found = visibleRuns(metastore.runs, callerOf(request), {
      matches: ({ name }) => name.startsWith(prefix),
      limit: PAGE_SIZE + 1,
      ...(/^\d+$/u.test(before) ? { before: Number(before) } : {}),
    });
    return send(reply, "Job runs", listOf(found, { runName: run_name, at: now() }));
  });
  app.get(`${RUNS_PAGE}/:run_id`, (request, reply) => {
    const run = visibleRun(metastore.runs, callerOf(request), runIdOf(request));
    return send(reply, run.name, oneRun(run, now()));
  });
}

function runIdOf(request: FastifyRequest): number {
  const { run_id } = request.params as { readonly run_id: string };
  if (/^\d{1,15}$/u.test(run_id)) return Number(run_id);
  throw new Refusal(400, "INVALID_PARAMETER_VALUE", `Run ${run_id} does not exist.`);
}

function listOf(
  found: readonly RunRecord[],
  { runName, at }: { readonly runName: string; readonly at: number },
): Markup {
  const runs = found.slice(0, PAGE_SIZE);
  const last = runs.at(-1);
  const older = `${RUNS_PAGE}?run_name=${encodeURIComponent(runName)}&before=${last?.id ?? 0}`;
  return html`
<form method="get" action="${RUNS_PAGE}">
<label>Run name <input name="run_name" value="${runName}" size="40" placeholder="how it begins"></label> <button>Filter</button>
</form>
<table>
<thead><tr><th>Start</th><th>Run</th><th>Run name</th><th>State</th><th>Duration</th><th>Submitted by</th></tr></thead>
<tbody>${runs.map((run) => row(run, at))}</tbody>
</table>
${runs.length === 0 ? html`<p>No runs.</p>` : ""}
${found.length > runs.length ? html`<p><a href="${older}">Older runs</a></p>` : ""}`;
}

function row(run: RunRecord, at: number): Markup {
  return html`<tr><td>${time(run.submittedAt)}</td><td><a href="${runPagePath(run.id)}">${run.id}</a></td><td>${run.name}</td><td class="${colour(run)}">${stateOf(run)}</td><td>${durationOf(run, at)}</td><td>${run.principal}</td></tr>
`;
}

function oneRun(run: RunRecord, at: number): Markup {
  const facts: readonly (readonly [string, string | number])[] = [
    ["Run", run.id],
    ["Run name", run.name],
    ["State", stateOf(run)],
    ["Message", run.message ?? ""],
    ["Start", time(run.submittedAt)],
    ["End", run.endedAt === undefined ? "" : time(run.endedAt)],
    ["Duration", durationOf(run, at)],
    ["Attempt", run.attempt + 1],
    ["Submitted by", run.principal],
  ];
  return html`
<p><a href="${RUNS_PAGE}">All runs</a></p>
<table><tbody>${facts.map(([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>`)}</tbody></table>
<h2>Tasks</h2>
<table>
<thead><tr><th>Key</th><th>File</th><th>Parameters</th><th>Result</th></tr></thead>
<tbody>${run.tasks.map(
    ({ task_key, spark_python_task: task }) =>
      html`<tr><td>${task_key}</td><td>${task?.python_file ?? ""}</td><td>${(task?.parameters ?? []).join(" ")}</td><td>${run.taskResults[task_key] ?? run.state}</td></tr>`,
  )}</tbody>
</table>`;
}

function send(reply: FastifyReply, title: string, body: Markup): FastifyReply {
  const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title} · embedded workspace</title><style>${STYLE}</style></head>
<body><h1>${title}</h1>${body}</body>
</html>
`;
  return reply
    .headers({
      "cache-control": "no-store",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    })
    .type("text/html; charset=utf-8")
    .send(page.markup);
}

const STYLE: Markup = {
  markup:
    "body{font:14px system-ui,sans-serif;margin:2rem;color-scheme:light dark}table{border-collapse:collapse;margin:1rem 0}th,td{text-align:left;padding:.3rem .8rem;border-bottom:1px solid #8884}.good{color:#18794e}.bad{color:#cd2b31}",
};

function stateOf({ state, result }: RunRecord): string {
  return result === undefined ? state : `${state} ${result}`;
}

function colour({ state, result }: RunRecord): string {
  if (result === "SUCCESS" || state === "RUNNING") return "good";
  return result === undefined || result === "CANCELED" ? "" : "bad";
}

function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

function durationOf({ submittedAt, endedAt }: RunRecord, at: number): string {
  const seconds = Math.max(0, Math.round(((endedAt ?? at) - submittedAt) / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
