import { type ServiceErrorCode, serviceErrorCodes } from "@clone-xs/databricks/contract";
import { type StatementKind, WorkspaceError } from "@clone-xs/unity";
import type { ChaosRule, Fault, Target } from "./rule.ts";

type Members = Readonly<Record<string, unknown>>;

const kinds: readonly StatementKind[] = [
  "clone",
  "create",
  "alter",
  "drop",
  "comment",
  "grant",
  "tag",
  "write",
  "history",
  "describe",
  "select",
  "other",
];

/** Members that each fault may have beside `kind`. */
const faultMembers: Readonly<Record<Fault["kind"], readonly string[]>> = {
  error: ["status", "errorCode", "message"],
  rateLimit: ["retryAfterSeconds"],
  lost: [],
  delay: ["ms"],
  token: ["revoked"],
  stale: ["ms"],
  emptyPage: [],
  end: ["state", "errorCode", "message"],
};

/** A rule from JSON. Throws INVALID_REQUEST naming the member that is wrong: a rule that is misspelt would never strike, and nobody would know. */
export function parseRule(body: unknown): ChaosRule {
  const rule = membersOf(body, "rule", ["on", "fault", "when", "times", "skip", "probability"]);
  const when = rule["when"] ?? "before";
  if (when !== "before" && when !== "after") throw invalid("when must be before or after.");
  const times = rule["times"] === undefined ? undefined : count(rule, "times", 1);
  return {
    on: parseTarget(rule["on"]),
    fault: parseFault(rule["fault"]),
    when,
    ...(times === undefined ? {} : { times }),
    skip: count(rule, "skip", 0),
    probability: chance(rule["probability"] ?? 1),
  };
}

function parseTarget(value: unknown): Target {
  const on = membersOf(value, "on", ["call", "statement", "kind", "principal"]);
  if (Object.keys(on).length === 0) throw invalid("on must name a call, a statement, a kind or a principal.");
  for (const [name, member] of Object.entries(on))
    if (typeof member !== "string" || member === "") throw invalid(`on.${name} must be text.`);
  const { statement, kind } = on;
  if (kind !== undefined && !kinds.some((known) => known === kind))
    throw invalid(`on.kind must be one of ${kinds.join(", ")}.`);
  if (typeof statement === "string") requireExpression(statement);
  return on as Target;
}

function requireExpression(source: string): RegExp {
  try {
    return new RegExp(source, "isu");
  } catch (error) {
    throw invalid(`on.statement is no regular expression: ${error instanceof Error ? error.message : ""}`);
  }
}

function parseFault(value: unknown): Fault {
  const { kind } = membersOf(value, "fault", ["kind", ...Object.values(faultMembers).flat()]);
  if (typeof kind !== "string" || !isFaultKind(kind))
    throw invalid(`fault.kind must be one of ${Object.keys(faultMembers).join(", ")}.`);
  const fault = membersOf(value, `fault of kind ${kind}`, ["kind", ...faultMembers[kind]]);
  switch (kind) {
    case "lost":
    case "emptyPage":
      return { kind };
    case "delay":
    case "stale":
      return { kind, ms: count(fault, "ms") };
    case "rateLimit":
      return { kind, retryAfterSeconds: count(fault, "retryAfterSeconds", 1) };
    case "token":
      return { kind, revoked: fault["revoked"] === true };
    case "error":
      return {
        kind,
        status: errorStatus(fault),
        errorCode: text(fault, "errorCode", "INTERNAL_ERROR"),
        message: text(fault, "message", "A fault that was asked for."),
      };
    case "end":
      return {
        kind,
        state: endState(fault["state"]),
        errorCode: errorCode(fault),
        message: text(fault, "message", "A fault that was asked for."),
      };
    default:
      return kind satisfies never;
  }
}

function isFaultKind(kind: string): kind is Fault["kind"] {
  return Object.hasOwn(faultMembers, kind);
}

function endState(value: unknown): "FAILED" | "CANCELED" | "CLOSED" {
  if (value === "FAILED" || value === "CANCELED" || value === "CLOSED") return value;
  throw invalid("fault.state must be FAILED, CANCELED or CLOSED.");
}

function errorCode(fault: Members): ServiceErrorCode {
  const wanted = text(fault, "errorCode", "INTERNAL_ERROR");
  const code = serviceErrorCodes.find((known) => known === wanted);
  if (code !== undefined) return code;
  throw invalid(`fault.errorCode must be one of ${serviceErrorCodes.join(", ")}.`);
}

function errorStatus(fault: Members): number {
  const status = count(fault, "status", 500);
  if (status < 400 || status > 599) throw invalid("fault.status must be between 400 and 599.");
  return status;
}

function membersOf(value: unknown, what: string, known: readonly string[]): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(`${what} must be an object.`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalid(`${unknown} is no member of a ${what}: ${known.join(", ")}.`);
  return value as Members;
}

function count(members: Members, name: string, otherwise?: number): number {
  const value = members[name] ?? otherwise;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw invalid(`${name} must be a whole number that is not negative.`);
}

function chance(value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw invalid("probability must be a number from 0 to 1.");
}

function text(members: Members, name: string, otherwise: string): string {
  const value = members[name] ?? otherwise;
  if (typeof value === "string") return value;
  throw invalid(`${name} must be text.`);
}

function invalid(message: string): WorkspaceError {
  return new WorkspaceError("INVALID_REQUEST", message, { errorClass: "INVALID_PARAMETER_VALUE" });
}
