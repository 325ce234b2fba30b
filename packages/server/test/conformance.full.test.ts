import { setTimeout as sleep } from "node:timers/promises";
import { connectDatabricks, Secret } from "@clone-xs/databricks/client";
import { type Lakehouse, metastoreNetwork } from "@clone-xs/lakehouse";
import {
  openTestLakehouse,
  testTaskRunner,
  testTasks,
  workspaceConformance,
} from "@clone-xs/lakehouse/testing";

workspaceConformance("embedded, over HTTP through the Databricks client", async () => {
  const network = metastoreNetwork();
  const lakehouse = await openTestLakehouse({ network, taskRunner: testTaskRunner });
  const second = await openTestLakehouse({ network });
  const { url } = await lakehouse.listen();
  const [workspace, other, partner] = await Promise.all([
    connect(lakehouse, url, lakehouse.owner),
    connect(lakehouse, url, "reader"),
    connect(second, (await second.listen()).url, second.owner),
  ]);
  return {
    workspace,
    other: { name: "reader", workspace: other },
    partner,
    catalog: "conformance",
    tasks: testTasks,
    async close() {
      await Promise.all([workspace.close(), other.close(), partner.close()]);
      await lakehouse.close();
      await second.close();
    },
  };
});

function connect(lakehouse: Lakehouse, host: string, principal: string) {
  const token = new Secret(lakehouse.token(principal));
  return connectDatabricks(
    { host, auth: { type: "pat", token }, network: { certificates: [] }, sources: {} },
    { now: Date.now, random: Math.random, sleep: (ms, signal) => sleep(ms, undefined, { signal }) },
  );
}
