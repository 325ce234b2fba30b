import { metastoreNetwork } from "../sharing/network.ts";
import { openTestLakehouse } from "./test-lakehouse.ts";
import { testTaskRunner, testTasks } from "./test-tasks.ts";
import { workspaceConformance } from "./workspace-conformance.ts";

workspaceConformance("embedded, in process", async () => {
  const network = metastoreNetwork();
  const lakehouse = await openTestLakehouse({ network, taskRunner: testTaskRunner });
  const partner = await openTestLakehouse({ network });
  return {
    workspace: lakehouse.connect(),
    other: { name: "reader", workspace: lakehouse.connect("reader") },
    partner: partner.connect(),
    catalog: "conformance",
    tasks: testTasks,
    async close() {
      await lakehouse.close();
      await partner.close();
    },
  };
});
