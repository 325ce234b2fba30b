import {
  endpoints,
  ExecuteStatementRequest,
  isTerminal,
  routePattern,
  type StatementResponse,
} from "@clone-xs/databricks/contract";
import type { StatementParameter } from "@clone-xs/unity";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { present } from "../workspace/catalog/present.ts";
import type { TrackedStatement } from "../workspace/statements/registry.ts";
import { callerOf, type ServerContext } from "./context.ts";
import { historyRoute } from "./history.ts";
import { invalidParameter, Refusal } from "./refusal.ts";
import { chunkData, statementResponse } from "./statement-wire.ts";
import { requireWarehouse } from "./require-warehouse.ts";

/** Statement Execution API 2.0: INLINE results as JSON_ARRAY. Source: databricks docs "Statement Execution API". */
export function statementRoutes(app: FastifyInstance, context: ServerContext): void {
  const { statements } = context;

  app.post(endpoints.executeStatement.path, (request) => execute(context, request));

  app.get(routePattern(endpoints.getStatement), (request) => statementResponse(own(context, request)));

  app.get(routePattern(endpoints.getStatementChunk), (request) => {
    const { id, result } = own(context, request);
    if (result === undefined) throw new Refusal(404, "NOT_FOUND", `Statement ${id} has no result to fetch.`);
    const index = Number((request.params as { chunk_index: string }).chunk_index);
    const chunk = chunkData(id, result, index);
    if (chunk === undefined) throw invalidParameter(`Statement ${id} has no chunk ${index}.`);
    return chunk;
  });

  app.post(routePattern(endpoints.cancelStatement), (request) => {
    statements.cancel(own(context, request).id);
    return {};
  });

  app.delete(routePattern(endpoints.closeStatement), (request) => {
    const { id, state } = own(context, request);
    if (isTerminal(state)) statements.closeResult(id);
    else statements.cancel(id);
    return {};
  });

  historyRoute(app, context);
}

async function execute(context: ServerContext, request: FastifyRequest): Promise<StatementResponse> {
  const submission = parseSubmission(request.body);
  const { id: warehouseId } = requireWarehouse(context, request, {
    id: submission.warehouse_id,
    level: "CAN_USE",
  });
  const wait = waitOf(submission.wait_timeout);
  const { statement, catalog, schema, row_limit: rowLimit, byte_limit: byteLimit } = submission;
  const submitted = context.statements.submit(callerOf(request), {
    text: statement,
    warehouseId,
    parameters: parametersOf(submission),
    tags: tagsOf(submission),
    ...present({ catalog, schema, rowLimit, byteLimit }),
  });
  // Without waiting the answer is PENDING, never an end.
  if (wait === 0) return statementResponse(submitted);
  const cancel = submission.on_wait_timeout === "CANCEL";
  return statementResponse(await waited(context, submitted, { wait, cancel }));
}

async function waited(
  { statements }: ServerContext,
  submitted: TrackedStatement,
  { wait, cancel }: { readonly wait: number; readonly cancel: boolean },
): Promise<TrackedStatement> {
  const now = (await statements.settled(submitted.id, wait)) ?? submitted;
  if (!cancel || isTerminal(now.state)) return now;
  statements.cancel(submitted.id);
  return (await statements.settled(submitted.id)) ?? now;
}

/** Source: Statement Execution API, "statement". */
const MAX_STATEMENT_BYTES = 16 * 1024 * 1024;

function parseSubmission(body: unknown): ExecuteStatementRequest {
  const parsed = ExecuteStatementRequest.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join(".") ?? "";
    if (field === "") throw new Refusal(400, "MALFORMED_REQUEST", "The request body must be a JSON object.");
    throw invalidParameter(`${field}: ${issue?.message ?? "is not valid"}`);
  }
  if (Buffer.byteLength(parsed.data.statement) > MAX_STATEMENT_BYTES)
    throw invalidParameter("statement must have at most 16777216 bytes (16 MiB).");
  const { disposition = "INLINE", format = "JSON_ARRAY" } = parsed.data;
  if (disposition === "EXTERNAL_LINKS" || format !== "JSON_ARRAY")
    throw invalidParameter(
      `This workspace gives results as format JSON_ARRAY with disposition INLINE, not as ${format} with ${disposition}.`,
    );
  return parsed.data;
}

function parametersOf({ parameters = [] }: ExecuteStatementRequest): readonly StatementParameter[] {
  return parameters.map(({ name, value, type }) => ({
    name,
    value: value ?? null,
    ...(type === undefined ? {} : { type }),
  }));
}

/** At most twenty; more are left out, as on the service. */
function tagsOf({ query_tags = [] }: ExecuteStatementRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(query_tags.slice(0, 20).map(({ key, value }) => [key, value ?? ""]));
}

/** Milliseconds of `0s` or `5s` to `50s`; ten seconds when nothing was said. */
function waitOf(timeout = "10s"): number {
  const seconds = Number(/^(\d{1,2})s$/u.exec(timeout)?.[1] ?? Number.NaN);
  if (seconds === 0 || (seconds >= 5 && seconds <= 50)) return seconds * 1000;
  throw invalidParameter(`wait_timeout must be 0s or between 5s and 50s, not ${timeout}.`);
}

/** The statement of the path, for whoever submitted it and for admins. */
function own({ statements }: ServerContext, request: FastifyRequest): TrackedStatement {
  const id = (request.params as { statement_id: string }).statement_id;
  const statement = statements.find(id);
  const { name, admin } = callerOf(request);
  if (statement === undefined || (statement.principal !== name && !admin))
    throw new Refusal(404, "NOT_FOUND", `The statement ${id} was not found.`);
  return statement;
}
