import type { ColumnLabel } from "@clone-xs/sql";
import type { ObjectName, Routine, SchemaName } from "@clone-xs/unity";
import type { Decision } from "../decide/decision.ts";
import type { Extent } from "../decide/extent.ts";
import type { TableDefinition } from "../inspect/definitions.ts";
import type { CloneRequestWire } from "../request/wire.ts";
import type { ObjectError, Residue } from "../summarize/summary.ts";
import type { AccessGain } from "./governance/access.ts";
import type { FilePolicy } from "../volumes/compare.ts";
import type { CloseRouteOperation, OpenRouteOperation } from "../route/route-operation.ts";
import type { GovernanceOperation } from "./governance/operations.ts";

/**
 * What a run will do, as data: written to a file, shown, and executed. Steps form a graph by `dependsOn`; `stage` groups them
 * for people only. Everything found in scope is in `decisions`, whatever comes of it.
 */
export interface ClonePlan {
  readonly version: 1;
  readonly request: CloneRequestWire;
  readonly sourceCatalog: string;
  readonly destinationCatalog: string;
  readonly targetExists: boolean;
  /** Schemas of the source that the request covers and that could be read. */
  readonly schemas: readonly string[];
  readonly decisions: readonly Decision[];
  readonly steps: readonly Step[];
  /** Objects that cannot be done; they fail alone. */
  readonly blocked: readonly ObjectError[];
  /** Reasons not to start at all, such as foreign targets: when there is one, nothing is executed. */
  readonly refused: readonly ObjectError[];
  readonly residue: readonly Residue[];
  /** Of which moment the pinned versions are: nothing that was committed before it is missed. Absent when the planner had no clock. */
  readonly cut?: { readonly from: string };
  /** Who will be able to read or write on the target what the source does not let them read. */
  readonly access: readonly AccessGain[];
  /** True things about the plan that a reader should know before applying it. */
  readonly notes: readonly string[];
}

export const STAGES = [
  "route",
  "catalog",
  "schemas",
  "functions",
  "volumes",
  "tables",
  "views",
  "masks",
  "constraints",
  "comments",
  "properties",
  "tags",
  "grants",
  "owners",
  "orphans",
  "cleanup",
] as const;
export type Stage = (typeof STAGES)[number];

export interface Step {
  readonly id: string;
  readonly stage: Stage;
  /** `governance`: changes what stands around an object, and makes none. `orphan`: a clone whose source is gone. `route`: lets the target read the source. */
  readonly kind: ObjectKind | "catalog" | "schema" | "governance" | "orphan" | "route";
  /** Target name: `catalog.schema.name`, or the schema or catalog; of governance also a column, `catalog.schema.table.column`; of a route the catalog that it mounts. */
  readonly object: string;
  readonly reason: string;
  readonly dependsOn: readonly string[];
  /** It waits for what it depends on, and is done whatever came of that. */
  readonly anyway?: true;
  readonly operation: Operation;
}

export type ObjectKind = "table" | "view" | "function" | "volume";

/** What one step does, with everything it needs except the run that stamps it. Names are parts, never SQL text. */
export type Operation =
  | { readonly kind: "create_catalog"; readonly catalog: string; readonly comment: string | null }
  | {
      readonly kind: "create_schema";
      readonly catalog: string;
      readonly schema: string;
      readonly comment: string | null;
      readonly properties: Readonly<Record<string, string>>;
      readonly source: string;
    }
  | CloneTableOperation
  | CreateViewOperation
  | AlterViewOperation
  | CreateFunctionOperation
  | GovernanceOperation
  | DropOrphanOperation
  | CopyVolumeOperation
  | OpenRouteOperation
  | CloseRouteOperation;

/** Makes a volume and copies its files, or brings those of one that is there up to date. */
export interface CopyVolumeOperation {
  readonly kind: "create_volume";
  readonly source: ObjectName;
  readonly target: ObjectName;
  readonly comment: string | null;
  /** Where an external volume is made; `null`: a managed one, or it is there. */
  readonly location: string | null;
  readonly exists: boolean;
  /** As both ends were listed: what is to be copied. */
  readonly files: number;
  readonly bytes: number;
  readonly policy: FilePolicy;
  /** Delete copies of files that are gone on the source. */
  readonly prune: boolean;
  /** Read copied files again. */
  readonly validate: boolean;
}

/** Drops a clone whose source is gone, if it is still that clone. */
export interface DropOrphanOperation {
  readonly kind: "drop_orphan";
  readonly type: "table" | "view";
  readonly target: ObjectName;
  /** Unity Catalog's id of what was seen; another one under that name is somebody else's. */
  readonly tableId: string | null;
}

export interface CloneTableOperation {
  readonly kind: "clone_table";
  readonly source: ObjectName;
  /** Where the target reads the source, when not under its own name. */
  readonly readFrom?: ObjectName;
  readonly target: ObjectName;
  readonly depth: "DEEP" | "SHALLOW";
  /** Pinned version of the source; `null` when there is none to pin (the table is outside the consistent cut). */
  readonly version: string | null;
  /** `cut`: the newest when the plan was made; another may stand in for it. `request`: what the user asked for, and nothing else. */
  readonly pin: "cut" | "request";
  /** Time of that version, as the source's history has it. */
  readonly versionTimestamp: string | null;
  /** Of a source without versions, for the next comparison; `null` when it has versions or its files could not be listed. */
  readonly fingerprint: string | null;
  readonly sourceTableId: string | null;
  /** Which rows: all by CLONE, some by a query, none by the definition alone. */
  readonly extent: Extent;
  /** What a query or a definition does not carry by itself; `null` when CLONE makes the table. */
  readonly definition: TableDefinition | null;
  /** Of that table. */
  readonly comment: string | null;
  /** Where an external table is made; `null`: a managed one, or where it stands already. */
  readonly location: string | null;
  /** Source format in upper case. */
  readonly format: string;
  /** `drop_and_create`: shallow clones cannot be replaced in place. Not undoable. */
  readonly existing: "create" | "replace" | "drop_and_create";
  readonly properties: Readonly<Record<string, string>>;
  /** What the table comes to, as far as its histories tell: for the order of the work, and nothing else. */
  readonly sizeBytes?: number;
}

export interface CreateViewOperation {
  readonly kind: "create_view";
  readonly source: ObjectName;
  readonly target: ObjectName;
  readonly text: string;
  /** Where unqualified names in the text resolve. */
  readonly namespace: SchemaName;
  readonly columns: readonly ColumnLabel[];
  readonly comment: string | null;
  readonly properties: Readonly<Record<string, string>>;
}

export interface AlterViewOperation {
  readonly kind: "alter_view";
  readonly source: ObjectName;
  readonly target: ObjectName;
  readonly text: string;
  readonly namespace: SchemaName;
  /** The view is not known as a clone yet and becomes one. */
  readonly adopt: boolean;
}

export interface CreateFunctionOperation {
  readonly kind: "create_function";
  /** Already under its target name, with names in the body moved. */
  readonly routine: Routine;
  /** An older text of it exists: replacing a function drops its grants. */
  readonly replace: boolean;
  readonly namespace: SchemaName;
}
