import { type Lakehouse, metastoreNetwork } from "@clone-xs/lakehouse";
import { openTestLakehouse } from "@clone-xs/lakehouse/testing";
import { startShop } from "./running.ts";

/** A workspace of its own metastore, over HTTP as other workspaces are. */
export interface Neighbour {
  readonly url: string;
  readonly lakehouse: Lakehouse;
  /** How to connect to it, as the API takes it. */
  readonly connection: {
    readonly host: string;
    readonly auth_method: "pat";
    readonly token: string;
    readonly warehouse_id: string;
  };
}

/** The shop, and two workspaces beside it that it can be cloned to. */
export async function startNeighbours(uiDirectory: string) {
  const network = metastoreNetwork();
  const shop = await startShop(uiDirectory, {}, { network });
  await shop.lakehouse.listen();
  const east = await neighbour(network);
  const west = await neighbour(network);
  return {
    ...shop,
    east,
    west,
    async stop() {
      await shop.stop();
      await east.lakehouse.close();
      await west.lakehouse.close();
    },
  };
}

async function neighbour(network: ReturnType<typeof metastoreNetwork>): Promise<Neighbour> {
  const lakehouse = await openTestLakehouse({ network });
  const { url } = await lakehouse.listen();
  const token = lakehouse.token(lakehouse.owner);
  return {
    url,
    lakehouse,
    connection: { host: url, auth_method: "pat", token, warehouse_id: lakehouse.warehouseId },
  };
}
