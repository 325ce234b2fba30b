import type { ServedWorkspace } from "../../connection/served-workspace.ts";

/** An embedded workspace that is ready, as people read it; ends without a newline. */
export function servedText({ name, host, token, warehouse_id, principals }: ServedWorkspace): string {
  return [
    `  workspace ${name}: ${host}`,
    `    owner's token  ${token}`,
    `    warehouse      ${warehouse_id}`,
    ...principals
      .filter((each) => each.token !== token)
      .map((each) => `    ${each.name.padEnd(14)} ${each.token}`),
  ].join("\n");
}
