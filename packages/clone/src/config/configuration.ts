import * as z from "zod";
import { type CloneRequestWire, cloneRequestSchema, requestKeysAt } from "../request/wire.ts";
import { DEFAULT_SETTINGS, type Settings } from "../run/settings.ts";
import { type FileProblem, type ReadFile, readYaml } from "./located.ts";

const name = z.string().min(1);

const settingsSchema = z.strictObject({
  audit: z
    .strictObject({
      catalog: name.optional(),
      log_schema: name.optional(),
      run_table: name.optional(),
      metrics_schema: name.optional(),
      metrics_table: name.optional(),
    })
    .optional()
    .describe("Where runs leave their traces in the source workspace"),
  protected_catalogs: z.array(name).optional().describe("Catalogs that nothing is ever written to"),
  allowed_hosts: z
    .array(z.string().regex(/^(\*\.)?[a-z0-9.-]+$|^\[[0-9a-f:]+\]$/iu, "a host's name, or *.example.com"))
    .optional()
    .describe("Hosts that requests may send clxs serve to, beside those of saved connections"),
  prices: z
    .strictObject({
      storage_usd_per_gb_month: z.number().nonnegative().optional(),
    })
    .optional()
    .describe("What estimates reckon with"),
});

const partialRequest = cloneRequestSchema.partial();

/** A configuration file: keys of a clone request, named sets of such keys, and what holds for every run. */
const configurationSchema = z.strictObject({
  ...partialRequest.shape,
  profiles: z.record(name, partialRequest).optional().describe("Named sets of keys over those above"),
  settings: settingsSchema.optional().describe("What holds for every run"),
});

export interface Configuration {
  /** Keys of the request that hold for every profile. */
  readonly request: Partial<CloneRequestWire>;
  readonly profiles: Readonly<Record<string, Partial<CloneRequestWire>>>;
  readonly settings: Settings;
}

/** What holds where there is no file. */
export const DEFAULT_CONFIGURATION: Configuration = {
  request: {},
  profiles: {},
  settings: DEFAULT_SETTINGS,
};

/**
 * Reads a configuration file: YAML, and so JSON too. Any key may be missing; `parseCloneRequest` of what it and the command line say
 * together has the last word on a request.
 */
export function readConfiguration(text: string): ReadFile<Configuration> {
  const read = readYaml(text, configurationSchema, keysAt);
  if (!read.ok) return { ok: false, problems: read.problems.map(orUnderSettings) };
  const { profiles = {}, settings = {}, ...request } = read.value;
  const named = Object.entries(profiles).map(([profile, keys]) => [profile, withoutUndefined(keys)]);
  return {
    ok: true,
    value: {
      request: withoutUndefined(request),
      profiles: Object.fromEntries(named),
      settings: settingsOf(settings),
    },
  };
}

/** The JSON schema of a configuration file, for editors. */
export function configurationJsonSchema(): object {
  return {
    title: "Configuration of Clone-Xs (clxs.yaml)",
    ...z.toJSONSchema(configurationSchema, { io: "input" }),
  };
}

function settingsOf({
  audit = {},
  protected_catalogs = [],
  allowed_hosts = [],
  prices = {},
}: z.output<typeof settingsSchema>): Settings {
  const names = DEFAULT_SETTINGS.audit;
  const price = prices.storage_usd_per_gb_month;
  return {
    audit: {
      catalog: audit.catalog ?? names.catalog,
      logSchema: audit.log_schema ?? names.logSchema,
      runTable: audit.run_table ?? names.runTable,
      metricsSchema: audit.metrics_schema ?? names.metricsSchema,
      metricsTable: audit.metrics_table ?? names.metricsTable,
    },
    protectedCatalogs: protected_catalogs.map((catalog) => catalog.toLowerCase()),
    allowedHosts: allowed_hosts.map((host) => host.toLowerCase()),
    ...(price === undefined ? {} : { storagePrice: price }),
  };
}

/** The known keys of the object at a path: of the file itself, of its settings, or of a request at the top or in a profile. */
/** A setting that stands beside the keys of the request: it is known, one level down. */
function orUnderSettings(problem: FileProblem): FileProblem {
  if (!(problem.path in settingsSchema.shape)) return problem;
  const suggestion = `settings.${problem.path}`;
  return { ...problem, message: `Unknown key ${problem.path}. Did you mean ${suggestion}?`, suggestion };
}

function keysAt(path: string): readonly string[] {
  const [first, second, ...rest] = path.split(".");
  if (path === "") return Object.keys(configurationSchema.shape);
  if (first === "settings") return SETTINGS_KEYS[second ?? ""] ?? [];
  return requestKeysAt(
    first === "profiles" ? (rest.length === 0 && second !== undefined ? "" : rest.join(".")) : path,
  );
}

const { audit, prices } = settingsSchema.shape;
const SETTINGS_KEYS: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(settingsSchema.shape),
  audit: Object.keys(audit.unwrap().shape),
  prices: Object.keys(prices.unwrap().shape),
};

function withoutUndefined(wire: object): Partial<CloneRequestWire> {
  return Object.fromEntries(Object.entries(wire).filter(([, value]) => value !== undefined));
}
