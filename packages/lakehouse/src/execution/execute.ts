import { insert } from "../dml/insert.ts";
import { mergeInto } from "../dml/merge.ts";
import { optimizeTable } from "../dml/optimize.ts";
import { restore } from "../dml/restore.ts";
import { truncate } from "../dml/truncate.ts";
import { deleteRows, updateRows } from "../dml/update.ts";
import { vacuum } from "../dml/vacuum.ts";
import { parseStatement, type ParsedStatement, SqlError } from "@clone-xs/sql";
import { asExecutionError, tooComplex } from "./errors.ts";
import { type Execute, ExecutionError, type ExecutionResult } from "./execution.ts";
import { alterSecurable } from "./statements/alter-securable.ts";
import { alterTable } from "./statements/alter-table.ts";
import { cloneTable } from "./statements/clone.ts";
import { comment } from "./statements/comment.ts";
import { createTable } from "./statements/create-table.ts";
import { describeDetail } from "./statements/describe-detail.ts";
import { describeSecurable } from "./statements/describe-securable.ts";
import { describeHistory, describeTable } from "./statements/describe-table.ts";
import { drop } from "./statements/drop.ts";
import { grant, showGrants } from "./statements/grants.ts";
import { createCatalog, createSchema, createVolume } from "./statements/namespaces.ts";
import { createFunction } from "./statements/create-function.ts";
import { createView } from "./statements/create-view.ts";
import { query } from "./statements/query.ts";
import { describeSharing } from "./statements/sharing/describe.ts";
import {
  alterShare,
  createRecipient,
  createShare,
  dropSharing,
  grantShare,
} from "./statements/sharing/shares.ts";
import {
  showAllInShare,
  showRecipientGrants,
  showShareGrants,
  showSharing,
} from "./statements/sharing/show.ts";
import { show, showColumns, showTableProperties } from "./statements/show.ts";
import { showCreateTable } from "./statements/show-create-table.ts";
import { use } from "./statements/use.ts";
import { makeWork, type Work } from "./work.ts";

/**
 * Runs one statement of Databricks SQL as a principal. Throws `ExecutionError` for whatever the statement did wrong, in Databricks' words;
 * `LakehouseError` when the engine is lost or the signal aborts.
 */
export const execute: Execute = async (context, input, { signal } = {}) => {
  try {
    const bindings = Object.fromEntries(
      input.parameters.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
    );
    return await run(makeWork(context, input, signal), parseStatement(input.text, { bindings }));
  } catch (error) {
    if (error instanceof SqlError)
      throw new ExecutionError(error.code, error.sqlState, error.message, { cause: error });
    throw isTooDeep(error) ? tooComplex(error) : asExecutionError(error);
  }
};

/** The parser counts levels of brackets; a chain of thousands of operators is found out only by what walks its tree. */
function isTooDeep(error: unknown): error is RangeError {
  return error instanceof RangeError && error.message.includes("call stack");
}

function run(work: Work, statement: ParsedStatement): Promise<ExecutionResult> | ExecutionResult {
  switch (statement.kind) {
    case "query":
      return query(work, statement.query);
    case "createCatalog":
      return createCatalog(work, statement);
    case "createSchema":
      return createSchema(work, statement);
    case "createTable":
      return createTable(work, statement);
    case "clone":
      return cloneTable(work, statement);
    case "createView":
      return createView(work, statement);
    case "createFunction":
      return createFunction(work, statement);
    case "createVolume":
      return createVolume(work, statement);
    case "drop":
      return drop(work, statement);
    case "insert":
      return insert(work, statement);
    case "delete":
      return deleteRows(work, statement);
    case "update":
      return updateRows(work, statement);
    case "merge":
      return mergeInto(work, statement);
    case "restore":
      return restore(work, statement);
    case "optimize":
      return optimizeTable(work, statement);
    case "vacuum":
      return vacuum(work, statement);
    case "truncate":
      return truncate(work, statement);
    case "comment":
      return comment(work, statement);
    case "alterTable":
      return alterTable(work, statement);
    case "alterSecurable":
      return alterSecurable(work, statement);
    case "grant":
    case "revoke":
      return statement.on.type === "SHARE" ? grantShare(work, statement) : grant(work, statement);
    case "createShare":
      return createShare(work, statement);
    case "createRecipient":
      return createRecipient(work, statement);
    case "alterShare":
      return alterShare(work, statement);
    case "dropSharing":
      return dropSharing(work, statement);
    case "describeTable":
      return describeTable(work, statement);
    case "describeDetail":
      return describeDetail(work, statement.target);
    case "describeHistory":
      return describeHistory(work, statement);
    case "describeSecurable":
      return describeSecurable(work, statement);
    case "show":
      return show(work, statement);
    case "showTableProperties":
      return showTableProperties(work, statement);
    case "showCreateTable":
      return showCreateTable(work, statement.target);
    case "showColumns":
      return showColumns(work, statement.target);
    case "showGrants":
      return statement.on.type === "SHARE" ? showShareGrants(work, statement) : showGrants(work, statement);
    case "describeSharing":
      return describeSharing(work, statement);
    case "showSharing":
      return showSharing(work, statement);
    case "showAllInShare":
      return showAllInShare(work, statement);
    case "showRecipientGrants":
      return showRecipientGrants(work, statement);
    case "use":
      return use(work, statement);
  }
}
