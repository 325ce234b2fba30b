import { z } from "zod";

export const health = z.object({
  status: z.literal("ok"),
  version: z.string(),
  runs: z.object({ queued: z.int(), running: z.int(), max_parallel: z.int() }),
});

/** Whether the server can take runs and carry them out. `degraded`: it takes them, and the workspace could not be reached the last time. */
export const readiness = z.object({
  status: z.enum(["ready", "degraded", "unready"]),
  store: z.enum(["writable", "failing", "closing"]),
  workspace: z.enum(["reachable", "unreachable", "not tried"]),
  queue: z.enum(["open", "closed"]),
});

/** Which workspace the server works on, and as whom. */
export const whoami = z.object({ host: z.string(), user_name: z.string() });

export const catalogs = z.object({
  catalogs: z.array(
    z.object({
      name: z.string(),
      owner: z.string(),
      comment: z.string().nullable(),
      catalog_type: z.string(),
    }),
  ),
});

export const schemas = z.object({
  schemas: z.array(z.object({ name: z.string(), owner: z.string(), comment: z.string().nullable() })),
});

export const tables = z.object({
  tables: z.array(
    z.object({
      name: z.string(),
      table_type: z.string(),
      format: z.string().nullable(),
      columns: z.int(),
      comment: z.string().nullable(),
    }),
  ),
});

export type Health = z.infer<typeof health>;
export type Readiness = z.infer<typeof readiness>;
export type WhoAmI = z.infer<typeof whoami>;
export type Catalogs = z.infer<typeof catalogs>;
export type Schemas = z.infer<typeof schemas>;
export type Tables = z.infer<typeof tables>;
