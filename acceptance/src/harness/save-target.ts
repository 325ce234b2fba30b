import type { Api } from "./api.ts";
import type { Target } from "./workspace.ts";

/** Saves a workspace as a target connection under /settings. */
export async function saveTarget(
  api: Api,
  name: string,
  { place, suffix }: Target,
  destination: string,
  warehouse?: string,
): Promise<void> {
  await api.post("/api/connections", {
    name,
    ...place.connection,
    destination_catalog: destination + suffix,
    ...(warehouse === undefined ? {} : { warehouse_id: warehouse }),
  });
}
