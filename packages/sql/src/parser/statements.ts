import type { ParsedStatement } from "../tree/index.ts";
import { alter } from "./alter.ts";
import { create } from "./create.ts";
import type { Cursor } from "./cursor.ts";
import { beginsQueryStatement, deleteFrom, insert, queryOrInsert, update } from "./dml.ts";
import { commentOn, drop, grantOrRevoke, use } from "./govern.ts";
import { describe, show } from "./inspect.ts";
import { optimize, restore, truncate, vacuum } from "./maintain.ts";
import { merge } from "./merge.ts";

const RULES: Readonly<Record<string, (cursor: Cursor) => ParsedStatement>> = {
  CREATE: create,
  REPLACE: create,
  ALTER: alter,
  DROP: drop,
  INSERT: insert,
  DELETE: deleteFrom,
  UPDATE: update,
  MERGE: merge,
  RESTORE: restore,
  OPTIMIZE: optimize,
  VACUUM: vacuum,
  TRUNCATE: truncate,
  GRANT: grantOrRevoke,
  REVOKE: grantOrRevoke,
  COMMENT: commentOn,
  DESCRIBE: describe,
  DESC: describe,
  SHOW: show,
  USE: use,
};

/** Statements of Databricks that the tree has no node for. */
const OTHER_STATEMENTS = new Set(
  "EXPLAIN SET RESET CACHE UNCACHE CLEAR REFRESH ANALYZE COPY BEGIN DECLARE EXECUTE CALL LOAD MSCK UNDROP DENY SYNC CONVERT REORG FSCK LIST PUT GET REMOVE REPAIR APPLY GENERATE FROM UNSET".split(
    " ",
  ),
);

/** One statement. Throws PARSE_SYNTAX_ERROR where the text is none, UNSUPPORTED_FEATURE where no rule reads it. */
export function statement(cursor: Cursor): ParsedStatement {
  const { symbol } = cursor.token;
  if (beginsQueryStatement(cursor)) return queryOrInsert(cursor);
  if (cursor.at("SET", "CATALOG")) return use(cursor);
  const rule = RULES[symbol];
  if (rule) return rule(cursor);
  if (OTHER_STATEMENTS.has(symbol)) cursor.unsupported(`${symbol} statement`);
  return cursor.fail();
}
