import { type CloneRequest, issueProblems, parseCloneRequest } from "@clone-xs/clone";
import type { FastifySchemaCompiler } from "fastify";
import { z } from "zod";
import type { FieldProblem } from "./contract/index.ts";
import { ServerError } from "./errors.ts";

/** Checks a body, path or query against its zod schema; what cannot be used is named field by field. */
export const validateByZod: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data: unknown) => {
    const parsed = schema.safeParse(data ?? {});
    if (parsed.success) return { value: parsed.data };
    const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    return {
      error: invalidRequest(parsed.error.issues.flatMap((issue) => issueProblems(issue, () => known))),
    };
  };

/** Reads a body as the engine does. Throws INVALID_REQUEST naming every field that cannot be used. */
export function readCloneRequest(body: unknown): CloneRequest {
  const parsed = parseCloneRequest(body);
  if (parsed.ok) return parsed.request;
  throw invalidRequest(parsed.problems);
}

/** The error for a request whose fields cannot be used; its message names the first. */
export function invalidRequest(fields: readonly FieldProblem[]): ServerError {
  const [first] = fields;
  const more = fields.length > 1 ? ` (and ${fields.length - 1} more)` : "";
  return new ServerError("INVALID_REQUEST", `${first?.message ?? "The request cannot be used."}${more}`, {
    fields,
  });
}
