import { openTestLakehouse } from "./test-lakehouse.ts";
import { workspaceConformance } from "./workspace-conformance.ts";

workspaceConformance("embedded, in process", async () => {
  const lakehouse = await openTestLakehouse();
  return {
    workspace: lakehouse.connect(),
    other: { name: "reader", workspace: lakehouse.connect("reader") },
    catalog: "conformance",
    close: () => lakehouse.close(),
  };
});
