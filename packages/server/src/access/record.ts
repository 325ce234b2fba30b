import type { FastifyInstance, FastifyRequest } from "fastify";
import { isWrite } from "./access.ts";
import type { ActivityStore } from "./activity-store.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** What a request turned out to be about, beside what its address and body name: the id of a run that it began. */
    about: string | undefined;
  }
}

export interface Recording {
  readonly activity: ActivityStore;
  readonly now: () => number;
  /** Told when something could not be noted: the answer has been sent by then. */
  readonly onUnexpected: (error: unknown, where: string) => void;
}

/** Notes every request that changes something, with how it ended; also those that were refused. Questions are not noted. */
export function recordActivity(app: FastifyInstance, { activity, now, onUnexpected }: Recording): void {
  app.decorateRequest("about");
  app.addHook("onResponse", async (request, { statusCode: status }) => {
    const action = actionOf(request);
    if (action === undefined) return;
    const { name: who, role } = request.caller;
    try {
      activity.note({
        at: now(),
        who,
        ...(role === undefined ? {} : { role }),
        action,
        object: objectOf(request),
        status,
        address: request.ip,
      });
    } catch (error) {
      onUnexpected(error, "The record of who did what could not be written");
    }
  });
}

/** The operation of a request that is for more than looking; `undefined` for others. */
function actionOf({ method, routeOptions: { config, schema } }: FastifyRequest): string | undefined {
  if (!isWrite(method) || config.role === undefined || config.role === "viewer") return undefined;
  const { operationId } = { operationId: undefined, ...schema };
  return typeof operationId === "string" ? operationId : undefined;
}

const LONGEST = 300;

/** Names only: the address's parameters, the two ends of a clone, the name of what is saved, and what came of it. */
function objectOf({ params, body, about }: FastifyRequest): string {
  const { source_catalog, destination_catalog, name } = textsOf(body);
  const pair = [source_catalog, destination_catalog].filter((each) => each !== undefined).join(" → ");
  const named = [...Object.values(textsOf(params)), pair, name ?? "", about ?? ""];
  return [...new Set(named)]
    .filter((each) => each !== "")
    .join(", ")
    .slice(0, LONGEST);
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(texts);
}
