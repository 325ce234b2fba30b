import { openTestLakehouse } from "./test-lakehouse.ts";
import { testTaskRunner, testTasks } from "./test-tasks.ts";
import { workspaceConformance } from "./workspace-conformance.ts";

workspaceConformance("embedded, in process", async () => {
  const lakehouse = await openTestLakehouse({ taskRunner: testTaskRunner });
  return {
    workspace: lakehouse.connect(),
    other: { name: "reader", workspace: lakehouse.connect("reader") },
    catalog: "conformance",
    tasks: testTasks,
    close: () => lakehouse.close(),
  };
});
