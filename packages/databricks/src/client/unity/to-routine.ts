import type { Routine } from "@clone-xs/unity";
import type { FunctionInfo, FunctionParameterInfo } from "../../contract/index.ts";
import { present } from "./present.ts";

/** A function of the Functions API in the product's words. */
export function toRoutine(info: FunctionInfo): Routine {
  const { name, catalog_name, schema_name, owner, comment, routine_definition, is_deterministic } = info;
  return {
    catalog: catalog_name,
    schema: schema_name,
    name,
    owner: owner ?? "",
    parameters: ordered(info.input_params?.parameters).map((parameter) => ({
      name: parameter.name,
      typeText: parameter.type_text,
      ...present({ default: parameter.parameter_default, comment: parameter.comment }),
    })),
    ...returned(info),
    language: languageOf(info),
    definition: routine_definition ?? "",
    deterministic: is_deterministic ?? false,
    ...present({ comment }),
  };
}

function returned({
  data_type,
  full_data_type,
  return_params,
}: FunctionInfo): Pick<Routine, "returns" | "returnColumns"> {
  if (data_type !== "TABLE_TYPE") return { returns: full_data_type ?? data_type ?? "" };
  const returnColumns = ordered(return_params?.parameters).map(({ name, type_text, comment }) => ({
    name,
    typeText: type_text,
    ...present({ comment }),
  }));
  return { returns: "TABLE", returnColumns };
}

/** Bodies that are not SQL are EXTERNAL, and say their language elsewhere. */
function languageOf({ routine_body, external_language }: FunctionInfo): string {
  return routine_body === "EXTERNAL" ? (external_language ?? "EXTERNAL").toUpperCase() : "SQL";
}

function ordered(parameters: readonly FunctionParameterInfo[] = []): FunctionParameterInfo[] {
  return parameters.toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0));
}
