import { randomBytes } from "node:crypto";
import { type ConnectionStore, openConnectionStore } from "./connection-store.ts";
import { secretKeys } from "./secret-keys.ts";

/**
 * Opens the connections of a home directory with its keys; what an earlier key had sealed is sealed anew with the current one.
 * `secretKey`: as `CLXS_SECRET_KEY` gives it. Throws CONFIGURATION when a key cannot be used.
 */
export function openConnections(home: string, secretKey: string | undefined): ConnectionStore {
  const given = secretKey === undefined ? {} : { given: secretKey };
  const keys = secretKeys(home, { randomBytes, ...given });
  const connections = openConnectionStore(home, { keys, randomBytes });
  connections.sealAnew();
  return connections;
}
