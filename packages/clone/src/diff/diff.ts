/** Where two catalogs differ, down to columns, properties, tags and grants. */
export interface CatalogDiff {
  readonly source_catalog: string;
  readonly destination_catalog: string;
  readonly identical: boolean;
  /** How many objects were compared, by kind. */
  readonly compared: {
    readonly schemas: number;
    readonly tables: number;
    readonly views: number;
    readonly functions: number;
    readonly volumes: number;
  };
  readonly differences: readonly Difference[];
}

export interface Difference {
  /** `schema.name`, `schema.name.column`, `schema`, or the catalog (of the source). */
  readonly object: string;
  /** `missing`, `extra`, or the aspect: `columns`, `properties`, `comment`, `definition`, `tags`, `grants`, `owner`, … The words of `residue`. */
  readonly what: string;
  /** `null`: not there. */
  readonly source: string | null;
  readonly target: string | null;
}
