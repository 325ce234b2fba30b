import type { Expression, QualifiedName, Span } from "./expressions.ts";
import type { TableReference, TimeTravel } from "./queries.ts";

/** Statements that tend a Delta table's files and versions. */
export type Maintenance = Span &
  (
    | { readonly kind: "restore"; readonly target: TableReference; readonly to: TimeTravel }
    | {
        readonly kind: "optimize";
        readonly target: TableReference;
        readonly where?: Expression;
        readonly zOrderBy: readonly QualifiedName[];
        /** OPTIMIZE t FULL */
        readonly full: boolean;
      }
    | {
        readonly kind: "vacuum";
        readonly target: TableReference;
        /** As typed: a number of hours, which may have a fraction. */
        readonly retainHours?: string;
        readonly dryRun: boolean;
      }
    | { readonly kind: "truncate"; readonly target: TableReference }
  );
