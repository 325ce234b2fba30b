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
    return parsed.success ? { value: parsed.data } : { error: unusable(parsed.error, schema) };
  };

/** Reads what was sent as its schema has it. Throws INVALID_REQUEST naming every field that cannot be used. */
export function readAs<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const parsed = schema.safeParse(data ?? {});
  if (parsed.success) return parsed.data;
  throw unusable(parsed.error, schema);
}

function unusable({ issues }: z.ZodError, schema: z.ZodType): ServerError {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return invalidRequest(issues.flatMap((issue) => issueProblems(issue, () => known)));
}

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
