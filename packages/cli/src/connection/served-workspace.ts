import type { Lakehouse } from "@clone-xs/lakehouse";

/** Where an embedded workspace is served and how to sign in: what `workspace serve` and `serve` print when ready. */
export interface ServedWorkspace {
  readonly name: string;
  readonly host: string;
  /** Of the owner. */
  readonly token: string;
  readonly warehouse_id: string;
  readonly metastore_id: string;
  readonly principals: readonly ServedPrincipal[];
}

interface ServedPrincipal {
  readonly name: string;
  readonly token: string;
  /** What to put into `~/.databrickscfg` to be this principal. */
  readonly profile: string;
}

export function servedWorkspace(name: string, url: string, lakehouse: Lakehouse): ServedWorkspace {
  const users = lakehouse.principals().filter(({ kind }) => kind !== "group");
  return {
    name,
    host: url,
    token: lakehouse.token(lakehouse.owner),
    warehouse_id: lakehouse.warehouseId,
    metastore_id: lakehouse.metastoreId,
    principals: users.map((user) => {
      const token = lakehouse.token(user.name);
      return {
        name: user.name,
        token,
        profile: profileText(user.name, { url, token, warehouseId: lakehouse.warehouseId }),
      };
    }),
  };
}

function profileText(
  name: string,
  { url, token, warehouseId }: { readonly url: string; readonly token: string; readonly warehouseId: string },
): string {
  const section = name.replaceAll(/[^\w.-]+/gu, "-");
  return `[${section}]\nhost = ${url}\ntoken = ${token}\nwarehouse_id = ${warehouseId}\n`;
}
