import { type Workspace, WorkspaceError } from "@clone-xs/unity";
import type { WorkspaceFacts } from "../contract/index.ts";

/** Which workspace this is, as whom, and on which metastore where that may be seen. */
export async function workspaceFacts(
  { identity, unity }: Workspace,
  version: string,
): Promise<WorkspaceFacts> {
  const facts = {
    host: identity.host,
    user_name: identity.userName,
    kind: identity.host.startsWith("embedded:") ? ("embedded" as const) : ("databricks" as const),
    version,
  };
  try {
    const { name, metastoreId, globalMetastoreId } = await unity.metastore();
    const [cloud = "", region = ""] = globalMetastoreId.split(":");
    const metastore = { name, id: metastoreId, global_id: globalMetastoreId, cloud, region };
    return { ...facts, metastore, metastore_error: null };
  } catch (error) {
    if (!(error instanceof WorkspaceError)) throw error;
    return { ...facts, metastore: null, metastore_error: error.message };
  }
}
