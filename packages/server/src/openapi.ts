import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";

const REF = "#/components/schemas/";

type Described = ReturnType<typeof jsonSchemaTransformObject>;

/** An operation of the document says whom it is for: `x-role`, and of those for anyone that they ask for nothing. */
export function withRole(
  given: Parameters<typeof jsonSchemaTransform>[0],
): ReturnType<typeof jsonSchemaTransform> {
  const { schema, url } = jsonSchemaTransform(given);
  const role = given.route.config?.role;
  const open = role === "anyone" ? { security: [] } : {};
  const described = role === undefined ? schema : { ...schema, "x-role": role, ...open };
  return { schema: described, url };
}

/**
 * The document with its named schemas: each that is used once, under its own name. The converter writes every schema twice, as it is sent
 * and as it is answered (`RunInput`, `Run`), whether or not somebody refers to it.
 */
export function describeApi(given: Parameters<typeof jsonSchemaTransformObject>[0]): Described {
  const whole = jsonSchemaTransformObject(given);
  if (!("components" in whole)) return whole;
  const schemas = withoutUnused({ ...whole.components?.schemas }, JSON.stringify(whole.paths));
  const renamed = Object.keys(schemas).flatMap((name) => {
    const plain = name.replace(/Input$/u, "");
    return plain !== name && !(plain in schemas) ? [[name, plain] as const] : [];
  });
  let text = JSON.stringify({ ...whole, components: { ...whole.components, schemas } });
  for (const [from, to] of renamed)
    text = text.replaceAll(`"${REF}${from}"`, `"${REF}${to}"`).replaceAll(`"${from}":`, `"${to}":`);
  return JSON.parse(text) as Described;
}

/** What nobody refers to goes, and then what only that referred to. */
function withoutUnused(
  schemas: Readonly<Record<string, unknown>>,
  paths: string,
): Readonly<Record<string, unknown>> {
  const left = Object.entries(schemas).filter(([name]) => {
    const others = Object.entries(schemas).filter(([other]) => other !== name);
    return `${paths}${JSON.stringify(others)}`.includes(`"${REF}${name}"`);
  });
  return left.length === Object.keys(schemas).length
    ? schemas
    : withoutUnused(Object.fromEntries(left), paths);
}
