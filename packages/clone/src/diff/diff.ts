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
  /** Of how many tables at both ends versions told whether the rows are the same, and of which not. No row is read. */
  readonly rows: {
    readonly compared: number;
    readonly not_compared: readonly { readonly object: string; readonly reason: string }[];
  };
  readonly differences: readonly Difference[];
}

export interface Difference {
  /** `schema.name`, `schema.name.column`, `schema`, or the catalog (of the source). */
  readonly object: string;
  /** The kind of what is missing or too many, or the aspect: `data`, `column`, `properties`, `comment`, `definition`, `tags`, `grants`, `owner`, … The words of `residue`. */
  readonly what: string;
  /** `null`: not there. */
  readonly source: string | null;
  readonly target: string | null;
}
