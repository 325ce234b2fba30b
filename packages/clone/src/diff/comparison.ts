/** Two catalogs side by side: every object of either, with all that is compared of it. Keys are the wire's own. */
export interface CatalogComparison {
  readonly source_catalog: string;
  readonly destination_catalog: string;
  /** How many objects stand how to each other. */
  readonly figures: Readonly<Record<ObjectState, number>>;
  /** What was not read at one end or the other, so that nothing is known of it. */
  readonly unread: readonly { readonly what: string; readonly reason: string }[];
  /** The catalogs themselves, then schema by schema. */
  readonly objects: readonly ComparedObject[];
}

/**
 * `not_compared`: nothing differs as far as it was compared, and not everything could be: the rows of tables that are no clones of each
 * other, a schema that could not be listed.
 */
export type ObjectState = "same" | "differs" | "only_source" | "only_target" | "not_compared";

export interface ComparedObject {
  readonly kind: "catalog" | "schema" | "table" | "view" | "function" | "volume";
  /** Absent for the catalogs and for schemas. */
  readonly schema?: string;
  /** As the source names it; as the target does where only it is there. */
  readonly name: string;
  readonly state: ObjectState;
  readonly rows: readonly ComparedRow[];
}

/** One thing that is compared of an object, at both ends. */
export interface ComparedRow {
  /** The words of a difference: `column`, `properties`, `tags`, `grants`, `owner`, `comment`, `definition`, `constraints`, `mask`, `row filter`, `data` … */
  readonly what: string;
  /** Of which column, where it is about one. */
  readonly column?: string;
  /** Which property, tag or principal. */
  readonly name?: string;
  readonly state: RowState;
  /** `null`: not there. Names in it are as the target would have them. */
  readonly source: string | null;
  readonly target: string | null;
  /** Why it is not known. */
  readonly note?: string;
}

export type RowState = "same" | "differs" | "only_source" | "only_target" | "unknown";
