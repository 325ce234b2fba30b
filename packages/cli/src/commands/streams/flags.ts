/** What a stream is asked for by. */
export interface StreamFlags {
  readonly source: string;
  readonly dest: string;
  readonly tables?: readonly string[];
  readonly schema?: string;
  readonly triggerMs?: number;
  readonly key?: Readonly<Record<string, readonly string[]>>;
  readonly withoutChangeFeed?: "refuse" | "clone";
  readonly cluster?: string;
  readonly environmentVersion?: string;
  readonly maxRetries?: number;
}

/** The keys of the API's request, and the flag that each comes from. */
export const STREAM_FLAGS: Readonly<Record<string, string>> = {
  source_catalog: "--source",
  destination_catalog: "--dest",
  tables: "--tables",
  schema: "--schema",
  trigger_ms: "--trigger-ms",
  keys: "--key",
  without_change_feed: "--without-change-feed",
  max_retries: "--max-retries",
};

/** The flags as the API's request for a stream. */
export function streamWire(flags: StreamFlags): Readonly<Record<string, unknown>> {
  const { source, dest, tables, schema, triggerMs, key, withoutChangeFeed, maxRetries } = flags;
  const compute = computeOf(flags);
  return {
    source_catalog: source,
    destination_catalog: dest,
    ...(tables === undefined ? {} : { tables }),
    ...(schema === undefined ? {} : { schema }),
    ...(triggerMs === undefined ? {} : { trigger_ms: triggerMs }),
    ...(key === undefined ? {} : { keys: key }),
    ...(withoutChangeFeed === undefined ? {} : { without_change_feed: withoutChangeFeed }),
    ...(compute === undefined ? {} : { compute }),
    ...(maxRetries === undefined ? {} : { max_retries: maxRetries }),
  };
}

function computeOf({ cluster, environmentVersion }: StreamFlags) {
  if (cluster !== undefined) return { kind: "cluster", cluster_id: cluster };
  return environmentVersion === undefined
    ? undefined
    : { kind: "serverless", environment_version: environmentVersion };
}
