import type { RealPair, RealPlace } from "@clone-xs/acceptance";
import { type ConnectionConfig, connectDatabricks } from "@clone-xs/databricks/client";
import { clientEffects } from "../../connection/client-effects.ts";
import { databricksConfig } from "../../connection/connect.ts";
import type { Surroundings } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";

/** What tells the real workspaces of a check. */
export interface PairOptions {
  readonly profile?: string;
  readonly targetProfile?: readonly string[];
  readonly writerProfile?: string;
  readonly externalLocation?: string;
}

/**
 * The real workspaces that were named by profiles; `undefined` when none was: then embedded ones do. Throws UsageError when what a check
 * needs is not named, and what connecting throws.
 */
export async function pairOf(
  options: PairOptions,
  surroundings: Surroundings,
): Promise<RealPair | undefined> {
  const { profile, targetProfile = [], writerProfile, externalLocation } = options;
  if (profile === undefined) {
    if (targetProfile.length > 0 || writerProfile !== undefined || externalLocation !== undefined)
      throw new UsageError("--target-profile, --writer-profile and --external-location go with --profile.");
    return undefined;
  }
  if (targetProfile.length === 0 || writerProfile === undefined || externalLocation === undefined)
    throw new UsageError(
      "A check of real workspaces takes --target-profile, --writer-profile (a principal that may write to the source and is not its owner) and --external-location as well.",
    );
  return {
    configFile: surroundings.env["DATABRICKS_CONFIG_FILE"] ?? `${surroundings.homeDir}/.databrickscfg`,
    source: await placeOf(profile, surroundings),
    targets: await Promise.all(targetProfile.map((name) => placeOf(name, surroundings))),
    writer: await placeOf(writerProfile, surroundings),
    externalLocation: externalLocation.replace(/\/*$/u, "/"),
  };
}

async function placeOf(profile: string, surroundings: Surroundings): Promise<RealPlace> {
  const config = await databricksConfig({ profile }, surroundings);
  if (config === undefined) throw new UsageError(`Profile ${profile} names no workspace.`);
  if (config.warehouseId === undefined) throw new UsageError(`Profile ${profile} names no warehouse_id.`);
  const workspace = await connectDatabricks(config, clientEffects(surroundings));
  try {
    const { metastoreId } = await workspace.unity.metastore();
    const { host, warehouseId } = config;
    return { name: profile, host, warehouseId, metastoreId, bearer: () => bearerOf(config) };
  } finally {
    await workspace.close();
  }
}

/** Source: OAuth for service principals, client credentials grant at `/oidc/v1/token`. */
async function bearerOf({ host, auth }: ConnectionConfig): Promise<string> {
  if (auth.type === "pat") return auth.token.reveal();
  const basic = Buffer.from(`${auth.clientId}:${auth.clientSecret.reveal()}`).toString("base64");
  const answer = await fetch(`${host}/oidc/v1/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "all-apis" }),
  });
  if (!answer.ok) throw new Error(`${host} gives no token: ${answer.status}`);
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}
