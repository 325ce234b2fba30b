import { z } from "zod";

export const FunctionParameterInfo = z.object({
  name: z.string(),
  position: z.number().optional(),
  type_text: z.string(),
  type_name: z.string().optional(),
  type_json: z.string().optional(),
  type_precision: z.number().optional(),
  type_scale: z.number().optional(),
  parameter_mode: z.string().optional(),
  parameter_type: z.string().optional(),
  parameter_default: z.string().optional(),
  comment: z.string().optional(),
});
export type FunctionParameterInfo = z.infer<typeof FunctionParameterInfo>;

const parameters = z.object({ parameters: z.array(FunctionParameterInfo).optional() });

export const FunctionInfo = z.object({
  name: z.string(),
  catalog_name: z.string(),
  schema_name: z.string(),
  full_name: z.string().optional(),
  function_id: z.string().optional(),
  input_params: parameters.optional(),
  /** Enum: LONG, STRING, …; `TABLE_TYPE` for table functions, whose columns are in `return_params`. */
  data_type: z.string().optional(),
  /** Type text of the result. */
  full_data_type: z.string().optional(),
  return_params: parameters.optional(),
  /** SQL or EXTERNAL. */
  routine_body: z.string().optional(),
  routine_definition: z.string().optional(),
  /** PYTHON … for EXTERNAL bodies. */
  external_language: z.string().optional(),
  is_deterministic: z.boolean().optional(),
  is_null_call: z.boolean().optional(),
  sql_data_access: z.string().optional(),
  security_type: z.string().optional(),
  parameter_style: z.string().optional(),
  specific_name: z.string().optional(),
  sql_path: z.string().optional(),
  /** A JSON object as text, unlike the properties of other securables. */
  properties: z.string().optional(),
  owner: z.string().optional(),
  comment: z.string().optional(),
  metastore_id: z.string().optional(),
  created_at: z.number().optional(),
  created_by: z.string().optional(),
  updated_at: z.number().optional(),
  updated_by: z.string().optional(),
  browse_only: z.boolean().optional(),
});
export type FunctionInfo = z.infer<typeof FunctionInfo>;

export const ListFunctionsResponse = z.object({
  functions: z.array(FunctionInfo).optional(),
  next_page_token: z.string().optional(),
});
export type ListFunctionsResponse = z.infer<typeof ListFunctionsResponse>;
