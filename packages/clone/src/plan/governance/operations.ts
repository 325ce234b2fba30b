import type { ColumnName, Commentable, SecurableName } from "@clone-xs/sql";
import type { ObjectName, SchemaName, TableConstraint } from "@clone-xs/unity";

/**
 * One change to what stands around the data of an object that is on the target: what CLONE does not carry. Names are the target's.
 * Each is one statement, and harmless to repeat.
 */
export type GovernanceOperation =
  | SetMaskOperation
  | SetRowFilterOperation
  | AddConstraintOperation
  | { readonly kind: "set_comment"; readonly target: Commentable; readonly comment: string }
  | {
      readonly kind: "set_properties";
      readonly target: PropertyHolder;
      readonly properties: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "set_tags";
      readonly target: SecurableName | ColumnName;
      readonly tags: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "grant";
      readonly target: SecurableName;
      readonly principal: string;
      readonly privileges: readonly string[];
    }
  | { readonly kind: "set_owner"; readonly target: SecurableName; readonly owner: string };

export type PropertyHolder =
  | ({ readonly type: "schema" } & SchemaName)
  | ({ readonly type: "table" | "view" } & ObjectName);

export interface SetMaskOperation {
  readonly kind: "set_mask";
  readonly target: ObjectName;
  readonly column: string;
  readonly function: ObjectName;
  readonly usingColumns: readonly string[];
  /** It stood there before the table was replaced: look first, and set it only when it is gone. */
  readonly ifLost: boolean;
}

export interface SetRowFilterOperation {
  readonly kind: "set_row_filter";
  readonly target: ObjectName;
  readonly function: ObjectName;
  readonly columns: readonly string[];
  readonly ifLost: boolean;
}

export interface AddConstraintOperation {
  readonly kind: "add_constraint";
  readonly target: ObjectName;
  readonly constraint: TableConstraint;
  readonly ifLost: boolean;
}
