import { z } from "zod";

const failure = z.object({ code: z.string(), message: z.string() });

/** A part that is read by itself: what may not be read hides nothing else. */
const part = <Value extends z.ZodType>(value: Value) =>
  z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: failure }),
  ]);

const securable = z.enum(["catalog", "schema", "table", "volume", "function"]);
const texts = z.record(z.string(), z.string());
const objectName = z.object({ catalog: z.string(), schema: z.string(), name: z.string() });
const described = { owner: z.string(), comment: z.string().nullable() };

/** Who holds what on a securable; `inherited_from` null: it was granted here. */
export const grants = part(
  z.array(
    z.object({
      principal: z.string(),
      privilege: z.string(),
      inherited_from: z.object({ type: securable, name: z.string() }).nullable(),
    }),
  ),
);

/** `column` null: on the securable itself. */
export const tags = part(
  z.array(z.object({ column: z.string().nullable(), name: z.string(), value: z.string() })),
);

/** What a container holds; null where the workspace does not count it. */
export const objectCounts = part(
  z.object({
    schemas: z.int(),
    tables: z.int(),
    views: z.int(),
    functions: z.int(),
    volumes: z.int(),
  }),
);

/** Where a clone of ours comes from, as it says itself. */
export const provenance = z.object({
  run_id: z.string(),
  /** `catalog.schema.name`. */
  source: z.string(),
  source_version: z.string().nullable(),
  source_timestamp: z.string().nullable(),
  rows: z.enum(["all", "where", "none", "unfinished"]),
  /** The condition of `where`. */
  predicate: z.string().nullable(),
});

export const functions = z.object({
  functions: z.array(z.object({ name: z.string(), returns: z.string(), language: z.string(), ...described })),
});

export const volumes = z.object({
  volumes: z.array(z.object({ name: z.string(), volume_type: z.string(), ...described })),
});

export const catalogDetail = z.object({
  name: z.string(),
  ...described,
  catalog_type: z.string(),
  /** What a mounted catalog is made from. */
  share: z.object({ provider: z.string(), share: z.string() }).nullable(),
  properties: texts,
  counts: objectCounts,
  grants,
  tags,
});

export const schemaDetail = z.object({
  catalog: z.string(),
  name: z.string(),
  ...described,
  properties: texts,
  provenance: provenance.nullable(),
  counts: objectCounts,
  grants,
  tags,
});

const constraint = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("primary_key"),
    name: z.string(),
    columns: z.array(z.string()),
    rely: z.boolean(),
  }),
  z.object({
    kind: z.literal("foreign_key"),
    name: z.string(),
    columns: z.array(z.string()),
    /** `catalog.schema.name`. */
    parent_table: z.string(),
    parent_columns: z.array(z.string()),
    rely: z.boolean(),
  }),
  z.object({ kind: z.literal("check"), name: z.string(), condition: z.string() }),
]);

/** What a definition names; `understood: false` with the reason where its text cannot be read. */
export const dependencies = z.discriminatedUnion("understood", [
  z.object({
    understood: z.literal(true),
    names: z.array(objectName.extend({ kind: z.enum(["relation", "function"]) })),
  }),
  z.object({ understood: z.literal(false), message: z.string() }),
]);

export const tableDetail = objectName.extend({
  ...described,
  table_type: z.string(),
  format: z.string().nullable(),
  storage_location: z.string().nullable(),
  updated_at: z.iso.datetime(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      nullable: z.boolean(),
      comment: z.string().nullable(),
      partition_index: z.int().nullable(),
      mask: z.object({ function: z.string(), using_columns: z.array(z.string()) }).nullable(),
    }),
  ),
  properties: texts,
  constraints: z.array(constraint),
  row_filter: z.object({ function: z.string(), input_columns: z.array(z.string()) }).nullable(),
  provenance: provenance.nullable(),
  view: z
    .object({
      definition: z.string(),
      namespace: z.object({ catalog: z.string(), schema: z.string() }).nullable(),
      dependencies,
    })
    .nullable(),
  /** By DESCRIBE DETAIL; null for a view. 64-bit numbers as decimal text. */
  storage: part(
    z.object({
      size_bytes: z.string().nullable(),
      files: z.string().nullable(),
      created_at: z.string().nullable(),
      modified_at: z.string().nullable(),
      clustering: z.array(z.string()),
    }),
  ).nullable(),
  /** The newest commit; null for what has no versions. */
  latest: part(
    z.object({ version: z.string(), timestamp: z.string(), operation: z.string() }).nullable(),
  ).nullable(),
  grants,
  tags,
});

export const functionDetail = objectName.extend({
  ...described,
  parameters: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      default: z.string().nullable(),
      comment: z.string().nullable(),
    }),
  ),
  returns: z.string(),
  return_columns: z
    .array(z.object({ name: z.string(), type: z.string(), comment: z.string().nullable() }))
    .nullable(),
  language: z.string(),
  deterministic: z.boolean(),
  definition: z.string(),
  dependencies,
  grants,
});

export const volumeDetail = objectName.extend({
  ...described,
  volume_type: z.string(),
  storage_location: z.string(),
  grants,
  tags,
});

/** Directories first, each kind by name. `next` is the `after` of the rest. */
export const volumeFiles = z.object({
  path: z.string(),
  entries: z.array(
    z.object({
      name: z.string(),
      is_directory: z.boolean(),
      /** Bytes, as decimal text. */
      size: z.string(),
      modified_at: z.iso.datetime(),
    }),
  ),
  next: z.string().nullable(),
});

/** Newest first. `next` is the `before` of the rest. */
export const tableHistory = z.object({
  entries: z.array(
    z.object({
      version: z.string(),
      timestamp: z.string(),
      user_name: z.string().nullable(),
      operation: z.string(),
      parameters: texts,
      metrics: texts,
    }),
  ),
  next: z.string().nullable(),
});

/**
 * What in a catalog is made from what. An edge reads as a sentence: `from` reads, calls, masks, filters, references or is cloned from `to`.
 * Tables that nothing connects are left out.
 */
export const lineage = z.object({
  catalog: z.string(),
  nodes: z.array(
    objectName.extend({
      id: z.string(),
      /** `unknown`: named, and not looked into. */
      kind: z.enum(["table", "view", "function", "unknown"]),
      other_catalog: z.boolean(),
      note: z.string().nullable(),
    }),
  ),
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      why: z.enum(["reads", "calls", "masks", "filters", "references", "cloned_from"]),
    }),
  ),
  /** Schemas that could not be looked into. */
  unread: z.array(z.object({ schema: z.string(), error: failure })),
});

export type Grants = z.infer<typeof grants>;
export type Tags = z.infer<typeof tags>;
export type ObjectCounts = z.infer<typeof objectCounts>;
export type Provenance = z.infer<typeof provenance>;
export type Dependencies = z.infer<typeof dependencies>;
export type CatalogDetail = z.infer<typeof catalogDetail>;
export type SchemaDetail = z.infer<typeof schemaDetail>;
export type TableDetail = z.infer<typeof tableDetail>;
export type FunctionDetail = z.infer<typeof functionDetail>;
export type VolumeDetail = z.infer<typeof volumeDetail>;
export type VolumeFiles = z.infer<typeof volumeFiles>;
export type TableHistory = z.infer<typeof tableHistory>;
export type Lineage = z.infer<typeof lineage>;
