import { fullName, type ObjectName } from "@clone-xs/unity";
import { requireCreateFunction, requireOwnerOrManage } from "../../authorization/index.ts";
import type { FunctionRecord } from "../../metastore/metastore.ts";
import { blankEnvironment } from "../catalog/blank.ts";
import { gather } from "../catalog/gather.ts";
import { catalogView } from "../catalog/view.ts";
import { failure, quotedParts, unsupported } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { coerce } from "../translate/casts.ts";
import { EMPTY_SCOPE, type Scope } from "../translate/environment.ts";
import { isQuery } from "../translate/routines.ts";
import { simple } from "../translate/typed.ts";
import { catalogText, typeOf } from "../types/text.ts";
import type { Type } from "../types/types.ts";
import { DONE, type Work } from "../work.ts";
import { checkNewName, commentOf, madeNow, requireNamespace, type StatementOf } from "./statement.ts";

/** CREATE [OR REPLACE] FUNCTION … RETURN. The body is resolved now, against the parameters and what it names. */
export async function createFunction(
  work: Work,
  statement: StatementOf<"createFunction">,
): Promise<ExecutionResult> {
  const { metastore, uuid } = work.context;
  const { text } = work.input;
  const name = objectName(partsOf(statement.name), work.namespace, { text, span: statement.name });
  checkNewName(name.name, "Function");
  if (statement.language.toUpperCase() !== "SQL") throw unsupported(`functions in ${statement.language}`);
  requireNamespace(work, name);
  requireCreateFunction(work.viewer, name);
  const existing = metastore.function(name);
  if (existing !== undefined && statement.ifNotExists) return DONE;
  if (existing !== undefined && !statement.orReplace)
    throw failure(
      "ROUTINE_ALREADY_EXISTS",
      "42723",
      `Cannot create the routine ${quotedParts(nameParts(name))} because a routine of that name already exists. Choose a different name, drop or replace the existing routine, or add the IF NOT EXISTS clause to tolerate a pre-existing routine.`,
    );
  if (existing !== undefined) requireOwnerOrManage(work.viewer, { type: "function", name });
  const returns = await returnsOf(work, name, statement);
  const record: FunctionRecord = {
    ...madeNow(work),
    ...name,
    ...commentOf(statement.comment),
    ...returns,
    id: uuid(),
    parameters: statement.parameters.map((parameter) => ({
      name: parameter.name.text,
      typeText: catalogText(typeOf(parameter.type)),
      ...(parameter.default !== undefined && {
        default: text.slice(parameter.default.start, parameter.default.end),
      }),
      ...commentOf(parameter.comment),
    })),
    definition: text.slice(statement.bodySpan.start, statement.bodySpan.end),
    namespace: work.namespace,
    deterministic: statement.deterministic,
  };
  return metastore.transaction(() => {
    // Replacing a function drops its grants, as Databricks does.
    if (existing !== undefined) metastore.removeFunction(name);
    metastore.putFunction(record);
    return DONE;
  });
}

/** The body is resolved now; one that calls the function itself is refused, so that replacing a function cannot ruin it. */
async function returnsOf(
  work: Work,
  name: ObjectName,
  statement: StatementOf<"createFunction">,
): Promise<Pick<FunctionRecord, "returns" | "returnColumns">> {
  const found = await gather(work, statement.body);
  const environment = {
    ...blankEnvironment(work, work.input.text, catalogView(work, found)),
    expanding: [`${fullName(name)}()`],
  };
  const parameters = statement.parameters.map(
    (p) => [p.name.text.toLowerCase(), simple(`p_${p.name.start}`, typeOf(p.type))] as const,
  );
  const scope: Scope = { ...EMPTY_SCOPE, variables: new Map(parameters) };
  const { body } = statement;
  if (statement.returnColumns !== undefined) {
    if (!isQuery(body))
      throw failure("INVALID_SQL_FUNCTION_DATA_ACCESS", "42K0E", "A table function must return a query.");
    const { columns } = environment.translate.query(body, environment, scope);
    if (columns.length !== statement.returnColumns.length)
      throw failure(
        "INVALID_SQL_FUNCTION_PLAN_STRUCTURE",
        "42000",
        `The function returns ${columns.length} columns, but declares ${statement.returnColumns.length}.`,
      );
    return {
      returns: "TABLE",
      returnColumns: statement.returnColumns.map((c) => ({
        name: c.name.text,
        typeText: catalogText(typeOf(c.type)),
        ...commentOf(c.comment),
      })),
    };
  }
  const type: Type | undefined = isQuery(body)
    ? environment.translate.query(body, environment, scope).columns[0]?.type
    : undefined;
  const value = isQuery(body)
    ? simple("b", type ?? { kind: "primitive", name: "void" })
    : environment.translate.expression(body, scope, environment);
  if (statement.returns === undefined) return { returns: catalogText(value.type) };
  const declared = typeOf(statement.returns);
  coerce(value, declared);
  return { returns: catalogText(declared) };
}
