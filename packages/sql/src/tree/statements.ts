import type { DataType, Expression, Identifier, QualifiedName, Span } from "./expressions.ts";
import type { Maintenance } from "./maintenance.ts";
import type { AssignmentNode, Merge } from "./merge.ts";
import type { Query, TableReference } from "./queries.ts";
import type { SharingStatement } from "./sharing.ts";

/** `key = value` of TBLPROPERTIES, OPTIONS, tags. Values are text. */
export interface Property {
  readonly key: string;
  readonly value: string;
}

export interface ColumnDefinition extends Span {
  readonly name: Identifier;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly comment?: string;
  readonly default?: Expression;
  /** GENERATED ALWAYS AS (…) */
  readonly generated?: Expression;
  readonly identity?: { readonly always: boolean; readonly start: bigint; readonly step: bigint };
  readonly mask?: { readonly function: QualifiedName; readonly usingColumns: readonly Identifier[] };
}

export type TableConstraintDefinition =
  | {
      readonly kind: "primaryKey";
      readonly name?: Identifier;
      readonly columns: readonly Identifier[];
      /** Those of the columns that TIMESERIES follows; absent when none is. */
      readonly timeseries?: readonly Identifier[];
      readonly rely: boolean;
    }
  | {
      readonly kind: "foreignKey";
      readonly name?: Identifier;
      readonly columns: readonly Identifier[];
      readonly parent: QualifiedName;
      readonly parentColumns: readonly Identifier[];
      readonly rely: boolean;
    }
  | { readonly kind: "check"; readonly name?: Identifier; readonly condition: Expression };

/** What a name in GRANT, COMMENT, ALTER … OWNER stands for. */
export type SecurableWord =
  | "CATALOG"
  | "SCHEMA"
  | "TABLE"
  | "VIEW"
  | "VOLUME"
  | "FUNCTION"
  | "METASTORE"
  | "SHARE";

/** METASTORE needs no name: then it has no parts. */
export interface Securable extends Span {
  readonly type: SecurableWord;
  readonly name: QualifiedName;
}

/** Creation clauses shared by CREATE forms. */
type Existence = { readonly orReplace: boolean; readonly ifNotExists: boolean };

export type ParsedStatement = Span &
  (
    | { readonly kind: "query"; readonly query: Query }
    | (Existence & {
        readonly kind: "createCatalog";
        readonly name: QualifiedName;
        readonly comment?: string;
        readonly managedLocation?: string;
        /** USING SHARE: provider and share. */
        readonly usingShare?: QualifiedName;
      })
    | (Existence & {
        readonly kind: "createSchema";
        readonly name: QualifiedName;
        readonly comment?: string;
        readonly managedLocation?: string;
        readonly properties: readonly Property[];
      })
    | CreateTable
    /** CREATE [OR REPLACE] TABLE … [SHALLOW|DEEP] CLONE …, and REPLACE TABLE … CLONE (then `replaceOnly`). */
    | (Existence & {
        readonly kind: "clone";
        readonly replaceOnly: boolean;
        readonly target: TableReference;
        readonly shallow: boolean;
        readonly source: TableReference;
        readonly properties: readonly Property[];
        readonly location?: string;
      })
    | CreateView
    | CreateFunction
    | (Existence & {
        readonly kind: "createVolume";
        readonly external: boolean;
        readonly name: QualifiedName;
        readonly location?: string;
        readonly comment?: string;
      })
    | {
        readonly kind: "drop";
        readonly type: SecurableWord;
        readonly name: QualifiedName;
        readonly ifExists: boolean;
        readonly cascade: boolean;
      }
    | {
        readonly kind: "insert";
        readonly target: TableReference;
        readonly columns: readonly Identifier[];
        readonly overwrite: boolean;
        /** INSERT WITH SCHEMA EVOLUTION … */
        readonly schemaEvolution: boolean;
        /** INSERT INTO t REPLACE WHERE p: rows that meet `p` make room for those of the query. */
        readonly replaceWhere?: Expression;
        readonly byName: boolean;
        readonly query: Query;
      }
    | {
        readonly kind: "delete";
        readonly target: TableReference;
        readonly alias?: Identifier;
        readonly where?: Expression;
      }
    | {
        readonly kind: "update";
        readonly target: TableReference;
        readonly alias?: Identifier;
        readonly assignments: readonly AssignmentNode[];
        readonly where?: Expression;
      }
    | Merge
    | Maintenance
    | SharingStatement
    | {
        readonly kind: "comment";
        readonly on: Securable | { readonly type: "COLUMN"; readonly name: QualifiedName };
        readonly comment: string | null;
      }
    | {
        readonly kind: "alterTable";
        readonly target: TableReference;
        readonly view: boolean;
        readonly action: AlterTableAction;
      }
    /** ALTER CATALOG|SCHEMA|VOLUME|FUNCTION … */
    | { readonly kind: "alterSecurable"; readonly on: Securable; readonly action: AlterSecurableAction }
    | {
        readonly kind: "grant" | "revoke";
        /** SQL spelling in upper case: `USE SCHEMA`, `ALL PRIVILEGES`. */
        readonly privileges: readonly string[];
        readonly on: Securable;
        /** Of a share the name of a recipient. */
        readonly principal: string;
      }
    | {
        readonly kind: "describeTable";
        readonly target: TableReference;
        readonly extended: boolean;
        readonly asJson: boolean;
      }
    | { readonly kind: "describeDetail"; readonly target: TableReference }
    | { readonly kind: "describeHistory"; readonly target: TableReference; readonly limit?: number }
    | { readonly kind: "describeSecurable"; readonly on: Securable; readonly extended: boolean }
    | { readonly kind: "show"; readonly what: ShowWhat; readonly in?: QualifiedName; readonly like?: string }
    | { readonly kind: "showTableProperties"; readonly target: TableReference; readonly key?: string }
    | { readonly kind: "showCreateTable"; readonly target: TableReference }
    | { readonly kind: "showColumns"; readonly target: TableReference }
    | { readonly kind: "showGrants"; readonly on: Securable; readonly principal?: string }
    | { readonly kind: "use"; readonly type: "CATALOG" | "SCHEMA"; readonly name: QualifiedName }
  );

export type ShowWhat = "CATALOGS" | "SCHEMAS" | "TABLES" | "VIEWS" | "FUNCTIONS" | "VOLUMES";

export interface CreateTable extends Span {
  readonly kind: "createTable";
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly name: TableReference;
  readonly columns: readonly ColumnDefinition[];
  readonly constraints: readonly TableConstraintDefinition[];
  /** USING DELTA | PARQUET | ICEBERG …, upper case; absent means DELTA. */
  readonly format?: string;
  readonly partitionedBy: readonly Identifier[];
  readonly clusterBy: readonly QualifiedName[];
  /** CLUSTER BY AUTO; then `clusterBy` is empty. */
  readonly clusterByAuto?: true;
  readonly location?: string;
  readonly comment?: string;
  readonly properties: readonly Property[];
  readonly options: readonly Property[];
  /** WITH ROW FILTER f ON (a, b) */
  readonly rowFilter?: { readonly function: QualifiedName; readonly columns: readonly Identifier[] };
  /** CREATE TABLE … AS query */
  readonly query?: Query;
  /** CREATE TABLE … LIKE this one; then there are no columns and no query. */
  readonly like?: TableReference;
}

export interface CreateView extends Span {
  readonly kind: "createView";
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly name: QualifiedName;
  readonly columns: readonly { readonly name: Identifier; readonly comment?: string }[];
  readonly comment?: string;
  readonly properties: readonly Property[];
  readonly query: Query;
}

export interface CreateFunction extends Span {
  readonly kind: "createFunction";
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly name: QualifiedName;
  readonly parameters: readonly {
    readonly name: Identifier;
    readonly type: DataType;
    readonly default?: Expression;
    readonly comment?: string;
  }[];
  /** Absent when derived from the body. */
  readonly returns?: DataType;
  /** RETURNS TABLE (…) */
  readonly returnColumns?: readonly {
    readonly name: Identifier;
    readonly type: DataType;
    readonly comment?: string;
  }[];
  readonly language: string;
  readonly deterministic: boolean;
  readonly comment?: string;
  /** Of another language than SQL: a string literal, the text between `$$`. */
  readonly body: Expression | Query;
  /** The text after RETURN, as typed (after AS: with its `$$`). */
  readonly bodySpan: Span;
}

/** A column or, with `parents`, a field of a struct. */
export interface AddedColumn extends ColumnDefinition {
  readonly parents: readonly Identifier[];
  /** Absent at the end. */
  readonly position?: ColumnPosition;
}

export type ColumnPosition =
  | { readonly kind: "first" }
  | { readonly kind: "after"; readonly column: Identifier };

export type AlterTableAction =
  | { readonly kind: "setProperties"; readonly properties: readonly Property[] }
  | { readonly kind: "unsetProperties"; readonly keys: readonly string[]; readonly ifExists: boolean }
  | { readonly kind: "setTags"; readonly tags: readonly Property[] }
  | { readonly kind: "unsetTags"; readonly keys: readonly string[] }
  | { readonly kind: "setColumnTags"; readonly column: Identifier; readonly tags: readonly Property[] }
  | { readonly kind: "unsetColumnTags"; readonly column: Identifier; readonly keys: readonly string[] }
  | {
      readonly kind: "columnComments";
      readonly comments: readonly { readonly column: Identifier; readonly comment: string }[];
    }
  | {
      readonly kind: "setMask";
      readonly column: Identifier;
      readonly function: QualifiedName;
      readonly usingColumns: readonly Identifier[];
    }
  | { readonly kind: "dropMask"; readonly column: Identifier }
  | {
      readonly kind: "setRowFilter";
      readonly function: QualifiedName;
      readonly columns: readonly Identifier[];
    }
  | { readonly kind: "dropRowFilter" }
  | { readonly kind: "addColumns"; readonly columns: readonly AddedColumn[] }
  /** ALTER COLUMN a.b TYPE BIGINT */
  | { readonly kind: "changeType"; readonly column: QualifiedName; readonly type: DataType }
  /** ALTER COLUMN a.b FIRST */
  | { readonly kind: "moveColumn"; readonly column: QualifiedName; readonly position: ColumnPosition }
  /** CLUSTER BY (a, b.c), and CLUSTER BY NONE: then there are no columns. */
  | { readonly kind: "clusterBy"; readonly columns: readonly QualifiedName[] }
  /** ALTER COLUMN id SYNC IDENTITY */
  | { readonly kind: "syncIdentity"; readonly column: Identifier }
  | { readonly kind: "setNotNull" | "dropNotNull" | "dropDefault"; readonly column: Identifier }
  | { readonly kind: "setDefault"; readonly column: Identifier; readonly default: Expression }
  | { readonly kind: "renameColumn"; readonly column: QualifiedName; readonly to: Identifier }
  | { readonly kind: "dropColumns"; readonly columns: readonly QualifiedName[]; readonly ifExists: boolean }
  | { readonly kind: "addConstraint"; readonly constraint: TableConstraintDefinition }
  | {
      readonly kind: "dropConstraint";
      readonly name: Identifier;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  /** DROP PRIMARY KEY, or DROP FOREIGN KEY (a, b): then the columns are there. */
  | {
      readonly kind: "dropKey";
      readonly columns?: readonly Identifier[];
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | { readonly kind: "rename"; readonly to: QualifiedName }
  | { readonly kind: "owner"; readonly principal: string }
  /** ALTER VIEW v AS query */
  | { readonly kind: "viewQuery"; readonly query: Query };

export type AlterSecurableAction =
  | { readonly kind: "owner"; readonly principal: string }
  /** SET | UNSET DBPROPERTIES of a schema. */
  | { readonly kind: "setProperties"; readonly properties: readonly Property[] }
  | { readonly kind: "unsetProperties"; readonly keys: readonly string[] }
  | { readonly kind: "setTags"; readonly tags: readonly Property[] }
  | { readonly kind: "unsetTags"; readonly keys: readonly string[] }
  | { readonly kind: "rename"; readonly to: QualifiedName };
