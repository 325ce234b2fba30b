import type { StatementParameter } from "@clone-xs/unity";
import type { Lakehouse } from "../workspace/lakehouse.ts";

/** Statements of tests: run on a lakehouse as its owner, or as somebody else. */
export interface SqlSession {
  /** Rows of a statement. */
  readonly sql: (
    text: string,
    options?: { readonly as?: string; readonly parameters?: readonly StatementParameter[] },
  ) => Promise<readonly (readonly (string | null)[])[]>;
  /** Message of the error that a statement ends with, on one line; `succeeded` when there is none. */
  readonly failed: (text: string, as?: string) => Promise<string>;
}

export function sqlSession(
  lakehouse: () => Lakehouse,
  namespace: { readonly catalog: string; readonly schema: string },
): SqlSession {
  const sql: SqlSession["sql"] = async (text, { as, parameters = [] } = {}) => {
    const { rows } = await lakehouse()
      .connect(as)
      .statements.execute({ text, kind: "other", effect: "write", ...namespace, parameters });
    return rows;
  };
  return {
    sql,
    failed: (text, as) =>
      sql(text, as === undefined ? {} : { as }).then(
        () => "succeeded",
        (error: unknown) => (error instanceof Error ? error.message : String(error)).split("\n").join(" "),
      ),
  };
}
