import type { Abilities } from "./design.ts";
import type { RunSql } from "./lives.ts";

/** Finds out by trying what the workspace can do that it need not. */
export async function findAbilities(run: RunSql): Promise<Abilities> {
  return {
    mappedNested: await works(run, [
      "CREATE TABLE ability (s STRUCT<a: INT>) TBLPROPERTIES ('delta.columnMapping.mode' = 'name')",
      "INSERT INTO ability VALUES (named_struct('a', 1))",
    ]),
  };
}

async function works(run: RunSql, statements: readonly string[]): Promise<boolean> {
  try {
    for (const statement of statements) await run(statement);
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes("not supported by the embedded workspace"))
      return false;
    throw error;
  } finally {
    await run("DROP TABLE IF EXISTS ability");
  }
}
