import type { JsonSchema, Schemas } from "./schema-arbitrary.ts";

/** One operation of the API as its document tells it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** `/api/clone/{id}` */
  readonly path: string;
  readonly pathParameters: readonly string[];
  readonly query: readonly { readonly name: string; readonly schema: JsonSchema }[];
  readonly body: JsonSchema | undefined;
  readonly statuses: readonly number[];
}

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components?: { readonly schemas?: Schemas };
}

export interface Api {
  readonly operations: readonly Operation[];
  readonly schemas: Schemas;
}

/** Every operation of a server's document. */
export async function readDocument(url: string, headers: Record<string, string> = {}): Promise<Api> {
  const document = (await (await fetch(`${url}/api/openapi.json`, { headers })).json()) as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(path, method, described)),
  );
  return { operations, schemas: document.components?.schemas ?? {} };
}

function operationOf(path: string, method: string, described: Described): Operation {
  const { operationId, parameters = [], requestBody, responses } = described;
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    pathParameters: parameters.filter((each) => each.in === "path").map(({ name }) => name),
    query: parameters.filter((each) => each.in === "query"),
    body: Object.values(requestBody?.content ?? {})[0]?.schema,
    statuses: Object.keys(responses).map(Number),
  };
}
