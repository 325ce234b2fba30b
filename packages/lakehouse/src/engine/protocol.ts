/** Messages between the workspace and its engine process, in the order of a query's life. */
export type ToEngine =
  | { readonly kind: "open"; readonly settings: Readonly<Record<string, string>>; readonly lockDown: string }
  /** A connection of its own: temporary tables live as long as it does. */
  | { readonly kind: "begin"; readonly session: number }
  | { readonly kind: "query"; readonly session: number; readonly sql: string }
  /** Stops what the session runs now; no effect when nothing does. */
  | { readonly kind: "interrupt"; readonly session: number }
  | { readonly kind: "end"; readonly session: number }
  | { readonly kind: "close" };

export type FromEngine =
  | {
      readonly kind: "columns";
      readonly session: number;
      readonly columns: readonly { readonly name: string; readonly type: string }[];
    }
  /** One chunk, column by column. */
  | {
      readonly kind: "chunk";
      readonly session: number;
      readonly values: readonly (readonly (string | null)[])[];
    }
  | { readonly kind: "done"; readonly session: number }
  | { readonly kind: "failed"; readonly session: number; readonly message: string };
