import type { Catalog, Routine, Schema, Table, Volume } from "@clone-xs/unity";

import type { DefinitionRead } from "./definitions.ts";
import type { VolumeRead } from "./volumes.ts";

/** What was found at one end of a clone. Plain data: the planner and the diff need nothing else. */
export interface Inventory {
  readonly catalog: Catalog;
  /** Epoch milliseconds at which reading began, by the reader's clock; absent when the reader has none. */
  readonly readFrom?: number;
  /** Who reads and, on the target, will own what is made. */
  readonly userName: string;
  /** Of a source whose target is in another workspace: who reads there, and will own what is made. Absent: the same reader. */
  readonly targetReader?: Reader;
  readonly schemas: readonly SchemaInventory[];
  /** By `localKey`: `schema.table` in lower case. Absent for tables whose history nobody asked for. */
  readonly histories: Readonly<Record<string, HistoryRead>>;
  /** By `localKey`, of tables that have no versions; absent where nobody asked. */
  readonly fingerprints: Readonly<Record<string, FingerprintRead>>;
  /** Schemas that exist and were not looked into. */
  readonly unread: readonly Schema[];
  /** Which of the owners of the source are groups that the reader of this end belongs to. */
  readonly groups: Reader["groups"];
  /** By `localKey`: how the files of each volume stand to those of its copy. Of the source alone; absent where nobody asked. */
  readonly volumes: Readonly<Record<string, VolumeRead>>;
  /** By `localKey`, of tables that are made by their definition or by a query; absent for those that CLONE makes. */
  readonly definitions: Readonly<Record<string, DefinitionRead>>;
  /** By `localKey`: tables that are covered, and bare for the time of this run. Of a source alone. */
  readonly lifted?: Readonly<Record<string, LiftedRead>>;
  readonly tags: GovernanceRead<TagAssignment>;
  readonly grants: GovernanceRead<DirectGrant>;
}

export interface LiftedRead {
  /** Why it must not be copied all the same: somebody could read the bare rows at the target. */
  readonly barred?: string;
}

/** Somebody at one end, and which of the owners of the source are groups that they belong to there. */
export interface Reader {
  readonly userName: string;
  readonly groups: GovernanceRead<string>;
}

export interface SchemaInventory {
  readonly schema: Schema;
  /** Tables, views and everything else that the Tables API lists. */
  readonly tables: readonly Table[];
  readonly functions: readonly Routine[];
  readonly volumes: readonly Volume[];
  /** A listing failed: what this schema holds is not known, which is not the same as empty. */
  readonly failure?: Failure;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** Newest first; `complete` when nothing older exists in the log. */
export type HistoryRead =
  | { readonly ok: true; readonly entries: readonly HistoryEntry[]; readonly complete: boolean }
  | { readonly ok: false; readonly failure: Failure };

/** What the files of a table without versions come down to. */
export type FingerprintRead =
  | { readonly ok: true; readonly fingerprint: string }
  | { readonly ok: false; readonly failure: Failure };

/** One row of DESCRIBE HISTORY. */
export interface HistoryEntry {
  /** Decimal text: 64-bit. */
  readonly version: string;
  /** As the server writes it. */
  readonly timestamp: string;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, string>>;
}

/** Rows of a governance view, or why they cannot be had: never an empty list for a failed read. */
export type GovernanceRead<Row> =
  | { readonly ok: true; readonly rows: readonly Row[] }
  | {
      readonly ok: false;
      readonly failure: Failure;
      /** What could be read all the same, and of which kinds of securable that is everything. */
      readonly partial?: {
        readonly levels: readonly SecurableReference["level"][];
        readonly rows: readonly Row[];
      };
    };

export interface TagAssignment extends SecurableReference {
  readonly tag: string;
  readonly value: string;
}

export interface DirectGrant extends SecurableReference {
  readonly principal: string;
  /** As information_schema spells it, e.g. `SELECT`, `USE_SCHEMA`. */
  readonly privilege: string;
}

/** What a tag or grant is on. Parts below the level are absent. */
export interface SecurableReference {
  readonly level: "catalog" | "schema" | "table" | "column" | "volume" | "function";
  readonly schema?: string;
  readonly name?: string;
  readonly column?: string;
}

/** `schema.name` in lower case: what an object is called inside its catalog, as Unity Catalog compares names. */
export function localKey(name: { readonly schema: string; readonly name: string }): string {
  return `${name.schema}.${name.name}`.toLowerCase();
}
