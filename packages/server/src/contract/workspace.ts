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

/** The workspace that the server works on, as far as it can be told. */
export const workspaceFacts = z.object({
  host: z.string(),
  user_name: z.string(),
  kind: z.enum(["embedded", "databricks"]),
  /** Null when it may not be seen; `metastore_error` then says why. */
  metastore: z
    .object({
      name: z.string(),
      id: z.string(),
      /** `cloud:region:uuid`: two workspaces with the same one share it. */
      global_id: z.string(),
      cloud: z.string(),
      region: z.string(),
    })
    .nullable(),
  metastore_error: z.string().nullable(),
  version: z.string(),
});

/** The warehouses of that workspace that the user may use. */
export const workspaceWarehouses = z.object({
  warehouses: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      state: z.string().nullable(),
      size: z.string().nullable(),
      serverless: z.boolean(),
      /** Statements go to it. */
      in_use: z.boolean(),
    }),
  ),
});

/** Where runs leave their traces in the workspace, and what is missing for that. */
export const auditTables = z.object({
  tables: z.array(
    z.object({
      full_name: z.string(),
      catalog: z.string(),
      schema: z.string(),
      name: z.string(),
      what: z.string(),
      /** `missing` also when it may not be seen. */
      state: z.enum(["there", "missing"]),
      /** Absent counts: it is not there, or nobody asked for them. */
      rows: z.int().nullable(),
      last_row_at: z.string().nullable(),
      error: z.string().nullable(),
    }),
  ),
  /** Statements for whoever may give the rights, where something is missing. */
  hints: z.array(z.string()),
});

/** Where the server keeps what it remembers. */
export const serverState = z.object({
  home: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), what: z.string() })),
  free_bytes: z.number().nullable(),
});

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
export type WorkspaceFacts = z.infer<typeof workspaceFacts>;
export type AuditTables = z.infer<typeof auditTables>;
export type ServerState = z.infer<typeof serverState>;
export type Catalogs = z.infer<typeof catalogs>;
export type Schemas = z.infer<typeof schemas>;
export type Tables = z.infer<typeof tables>;
