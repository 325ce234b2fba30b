import { ExecuteStatementRequest, endpoints } from "@clone-xs/databricks/contract";
import { typedStatement } from "@clone-xs/sql";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { staleness } from "../workspace/chaos/disturbed-workspace.ts";
import { parseRule } from "../workspace/chaos/parse-rule.ts";
import type { Fault, StatementPoint } from "../workspace/chaos/rule.ts";
import { callerOf, type ServerContext } from "./context.ts";
import { Refusal } from "./refusal.ts";

const CHAOS = "/api/clxs/chaos";
const never = new AbortController().signal;

declare module "fastify" {
  interface FastifyRequest {
    /** What strikes it once it has had its effect. */
    strikesAfter: readonly Fault[] | null;
    /** How far behind its reads are, in milliseconds. */
    stale: number;
    /** Its page of a listing comes empty. */
    emptyPage: boolean;
  }
}

/** Puts latency and faults around every call but those of the controls themselves. Rules meet calls after authentication. */
export function disturbCalls(app: FastifyInstance, context: ServerContext): void {
  app.decorateRequest("strikesAfter", null);
  app.decorateRequest("stale", 0);
  app.decorateRequest("emptyPage", false);
  app.addHook("preHandler", async (request, reply) => {
    const path = request.url.split("?")[0] ?? "";
    if (path.startsWith(CHAOS) || request.principal === null) return;
    if (context.latency.call > 0) await context.sleep(context.latency.call, never);
    if (context.chaos.quiet) return;
    const statement = statementOf(request);
    const { before, after } = context.chaos.at({
      stage: "call",
      method: request.method,
      path,
      principal: request.principal.name,
      ...(statement === undefined ? {} : { statement }),
    });
    request.strikesAfter = after;
    request.stale = staleness([...before, ...after]);
    request.emptyPage = [...before, ...after].some(({ kind }) => kind === "emptyPage");
    for (const fault of before) await struck(context, fault, request, reply);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const strikes = request.strikesAfter ?? [];
    // The answer to a strike comes through here too.
    request.strikesAfter = null;
    for (const fault of strikes) await struck(context, fault, request, reply);
    return payload;
  });
}

/** The controls, for the owner of the workspace and only where they were allowed; elsewhere there is no such path. */
export function chaosRoutes(app: FastifyInstance, { chaos, metastore }: ServerContext): void {
  const owned = (request: FastifyRequest) => {
    if (callerOf(request).name !== metastore.fact("owner", () => ""))
      throw new Refusal(403, "PERMISSION_DENIED", "Only the owner of the workspace may ask for faults.");
  };
  app.get(CHAOS, (request) => {
    owned(request);
    return { rules: chaos.rules() };
  });
  app.post(CHAOS, (request) => {
    owned(request);
    return { id: chaos.add(parseRule(request.body)) };
  });
  app.delete(CHAOS, (request) => {
    owned(request);
    chaos.clear();
    return {};
  });
  app.delete(`${CHAOS}/:id`, (request) => {
    owned(request);
    const { id } = request.params as { readonly id: string };
    if (!chaos.remove(id)) throw new Refusal(404, "NOT_FOUND", `There is no rule ${id}.`);
    return {};
  });
}

function statementOf(request: FastifyRequest): StatementPoint | undefined {
  if (request.method !== "POST" || request.routeOptions.url !== endpoints.executeStatement.path)
    return undefined;
  const { data } = ExecuteStatementRequest.safeParse(request.body);
  return data === undefined ? undefined : { text: data.statement, kind: typedStatement(data.statement).kind };
}

async function struck(
  { sleep, metastore }: ServerContext,
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  switch (fault.kind) {
    case "delay":
      return sleep(fault.ms, never);
    case "error":
      throw new Refusal(fault.status, fault.errorCode, fault.message);
    case "rateLimit":
      reply.header("retry-after", String(fault.retryAfterSeconds));
      throw new Refusal(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests, by a fault that was asked for.");
    case "lost":
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return;
    case "token":
      if (fault.revoked) metastore.revokeToken(tokenOf(request));
      throw new Refusal(403, 403, "Invalid access token.");
    // Seen to where the answer is made.
    case "stale":
    case "emptyPage":
    case "end":
      return;
    default:
      return fault satisfies never;
  }
}

function tokenOf({ headers }: FastifyRequest): string {
  return (headers.authorization ?? "").replace(/^Bearer +/iu, "").trim();
}
