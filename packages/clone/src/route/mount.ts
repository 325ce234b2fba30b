import { createCatalog } from "@clone-xs/sql";
import type { Catalog } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { sendUntilKnown } from "../execute/retry.ts";
import { readMark, writeMark } from "./mark.ts";
import type { OpenRouteOperation, RoutePart } from "./route-operation.ts";
import type { RoutePorts } from "./route-ports.ts";

type Mounting = Pick<OpenRouteOperation, "catalog" | "share" | "tuple">;

/** The catalog on the target in which the tables of the share are read. Throws ROUTE_TAKEN when another catalog has its name. */
export async function ensureMounted(
  mounting: Mounting,
  provider: string,
  ports: RoutePorts,
): Promise<RoutePart> {
  const { catalog: name, share, tuple } = mounting;
  const { statements } = ports.target;
  const comment = writeMark({ tuple, run: ports.runId });
  const statement = createCatalog({
    catalog: name,
    usingShare: { provider, share },
    comment,
    ifNotExists: true,
  });
  const observe = () => mountedCatalog(mounting, ports);
  const send = async () => {
    await statements.execute(statement, ports.signal ? { signal: ports.signal } : {});
    return observe();
  };
  const found = (await observe()) ?? (await sendUntilKnown({ send, observe }, ports));
  const isOurs = readMark(found?.comment)?.run === ports.runId;
  return { name, state: isOurs ? "created" : "reused" };
}

/** The mounted catalog when it is there. Throws ROUTE_TAKEN when it is not made from the share. */
export async function mountedCatalog(
  { catalog: name, share }: Mounting,
  { target }: Pick<RoutePorts, "target">,
): Promise<Catalog | undefined> {
  const found = await target.unity.catalog(name);
  if (found === undefined || found.share?.share === share) return found;
  throw new CloneError(
    "ROUTE_TAKEN",
    `Catalog ${name} of the target is not made from the share ${share}, so it is not used. Rename or drop it.`,
    { object: name },
  );
}
