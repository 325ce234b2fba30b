import { namesOf, sees } from "../../authorization/index.ts";
import type { FunctionRecord } from "../../metastore/metastore.ts";
import { parseType, typeName } from "../types/text.ts";
import type { Work } from "../work.ts";
import { stamps } from "./objects.ts";
import type { RowMaker, ViewRow } from "./views.ts";

function visibleRoutines(work: Work, catalogs: readonly string[]): readonly FunctionRecord[] {
  return catalogs.flatMap((catalog) =>
    work.context.metastore
      .functions({ catalog })
      .filter((f) => sees(work.viewer, { type: "function", name: f })),
  );
}

function names(routine: FunctionRecord): ViewRow {
  return { specific_catalog: routine.catalog, specific_schema: routine.schema, specific_name: routine.name };
}

function dataType(typeText: string): string {
  return typeName(parseType(typeText));
}

export const routineViews = {
  routines: (work, catalogs) =>
    visibleRoutines(work, catalogs).map((routine) => ({
      ...names(routine),
      routine_catalog: routine.catalog,
      routine_schema: routine.schema,
      routine_name: routine.name,
      routine_owner: routine.owner,
      routine_type: "FUNCTION",
      data_type: routine.returnColumns === undefined ? dataType(routine.returns) : "TABLE_TYPE",
      full_data_type:
        routine.returnColumns === undefined
          ? routine.returns
          : `TABLE(${routine.returnColumns.map((c) => `${c.name} ${c.typeText}`).join(", ")})`,
      routine_body: "SQL",
      routine_definition:
        namesOf(work.viewer.principal).has(routine.owner) || work.viewer.principal.admin
          ? routine.definition
          : undefined,
      is_deterministic: routine.deterministic ? "YES" : "NO",
      sql_data_access: "CONTAINS_SQL",
      is_null_call: "YES",
      security_type: "DEFINER",
      sql_path: `${routine.namespace.catalog}.${routine.namespace.schema}`,
      comment: routine.comment,
      ...stamps(routine),
    })),
  parameters: (work, catalogs) =>
    visibleRoutines(work, catalogs).flatMap((routine) =>
      routine.parameters.map((p, i) => ({
        ...names(routine),
        ordinal_position: i,
        parameter_mode: "IN",
        is_result: "NO",
        parameter_name: p.name,
        data_type: dataType(p.typeText),
        full_data_type: p.typeText,
        parameter_default: p.default,
        comment: p.comment,
      })),
    ),
  routine_columns: (work, catalogs) =>
    visibleRoutines(work, catalogs).flatMap((routine) =>
      (routine.returnColumns ?? []).map((c, i) => ({
        ...names(routine),
        column_name: c.name,
        ordinal_position: i,
        data_type: dataType(c.typeText),
        full_data_type: c.typeText,
        comment: c.comment,
      })),
    ),
} satisfies Record<string, RowMaker>;
