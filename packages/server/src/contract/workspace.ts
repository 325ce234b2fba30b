import { z } from "zod";

export const health = z.object({
  status: z.literal("ok"),
  version: z.string(),
  runs: z.object({ queued: z.int(), running: z.int() }),
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
export type WhoAmI = z.infer<typeof whoami>;
export type Catalogs = z.infer<typeof catalogs>;
export type Schemas = z.infer<typeof schemas>;
export type Tables = z.infer<typeof tables>;
