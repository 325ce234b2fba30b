import type { Expression, Identifier, QualifiedName, Span } from "./expressions.ts";
import type { Relation, TableReference } from "./queries.ts";

/** `a = 1` of UPDATE and MERGE. */
export interface AssignmentNode {
  readonly column: QualifiedName;
  readonly value: Expression;
}

export interface Merge extends Span {
  readonly kind: "merge";
  readonly target: TableReference;
  readonly alias?: Identifier;
  /** MERGE WITH SCHEMA EVOLUTION INTO … */
  readonly schemaEvolution: boolean;
  /** A table, a query or VALUES, with its alias. */
  readonly source: Relation;
  readonly on: Expression;
  /** In the order written: of those for a row, the first whose condition holds is the one. */
  readonly clauses: readonly MergeClause[];
}

export type MergeClause = Span & {
  readonly condition?: Expression;
} & (
    | {
        readonly when: "MATCHED" | "NOT MATCHED BY SOURCE";
        readonly action: MergeUpdate | { readonly kind: "delete" };
      }
    | { readonly when: "NOT MATCHED"; readonly action: MergeInsert }
  );

export type MergeUpdate =
  | { readonly kind: "update"; readonly assignments: readonly AssignmentNode[] }
  /** UPDATE SET * [EXCEPT (a, b)] */
  | { readonly kind: "updateAll"; readonly except: readonly Identifier[] };

export type MergeInsert =
  | {
      readonly kind: "insert";
      readonly columns: readonly QualifiedName[];
      readonly values: readonly Expression[];
    }
  /** INSERT * [EXCEPT (a, b)] */
  | { readonly kind: "insertAll"; readonly except: readonly Identifier[] };
