import type { RunSubmission, TaskCompute } from "@clone-xs/unity";
import type { SubmitRunRequest } from "../../contract/index.ts";

/** Serverless environment of a task when none is asked for. */
const ENVIRONMENT_VERSION = "4";

/** The body of `runs/submit`: one Python task, serverless unless it names a cluster. */
export function toSubmission({
  name,
  idempotencyToken,
  task,
  compute = { kind: "serverless" },
  maxRetries,
  retryIntervalMs,
}: RunSubmission): SubmitRunRequest {
  const { where, environments } = placed(compute);
  return {
    run_name: name,
    idempotency_token: idempotencyToken,
    tasks: [
      {
        task_key: task.key,
        spark_python_task: { python_file: task.file, parameters: [...task.parameters], source: "WORKSPACE" },
        max_retries: maxRetries,
        min_retry_interval_millis: retryIntervalMs,
        ...where,
      },
    ],
    ...environments,
  };
}

/** A serverless task names an environment of the run instead of a cluster. */
function placed(compute: TaskCompute): {
  readonly where: { readonly existing_cluster_id: string } | { readonly environment_key: string };
  readonly environments: Pick<SubmitRunRequest, "environments">;
} {
  if (compute.kind === "cluster")
    return { where: { existing_cluster_id: compute.clusterId }, environments: {} };
  const environment_version = compute.environmentVersion ?? ENVIRONMENT_VERSION;
  return {
    where: { environment_key: "default" },
    environments: { environments: [{ environment_key: "default", spec: { environment_version } }] },
  };
}
