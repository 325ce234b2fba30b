import { z } from "zod";

/** One field of a request that cannot be used, with the way out when there is one. */
export const fieldProblem = z.object({
  /** Path into the body or query: `exclude_schemas[0]`, `include_objects[0].type`. */
  path: z.string(),
  message: z.string(),
  /** The known key or value that is nearest to what was sent. */
  suggestion: z.string().optional(),
});

/** The one shape of every error: RFC 9457 with our `code` and field paths. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(fieldProblem).optional(),
});

export type FieldProblem = z.infer<typeof fieldProblem>;
export type Problem = z.infer<typeof problem>;
