import { isLoopback } from "../access/access.ts";
import { isForbiddenHost } from "../access/forbidden-hosts.ts";
import { nameProblems, type Read } from "../connections/details.ts";
import type {
  FieldProblem,
  NewNotificationChannel,
  NotificationChannelChange,
  NotificationEvent,
} from "../contract/index.ts";

/** Where news goes. What is secret of it is apart, sealed. */
export interface Channel {
  readonly name: string;
  readonly kind: "webhook" | "slack";
  readonly host: string;
  /** The last characters of the address. */
  readonly endsWith: string;
  readonly signed: boolean;
  readonly enabled: boolean;
  readonly events: readonly NotificationEvent[];
}

export interface ChannelSecrets {
  readonly url: string;
  readonly secret: string | null;
}

const DEFAULT_EVENTS: readonly NotificationEvent[] = [
  "run_failed",
  "drift_found",
  "stream_failed",
  "schedule_missed",
];

const SHOWN = 4;

/** Reads a whole channel, or names every field that cannot be used. */
export function readChannel(
  body: NewNotificationChannel,
): Read<{ readonly channel: Channel; readonly secrets: ChannelSecrets }> {
  const { name, kind, enabled = true, events = DEFAULT_EVENTS } = body;
  const url = urlOf(body.url);
  const secret = body.secret || null;
  const problems = [
    ...nameProblems(name),
    ...(url instanceof URL ? [] : [url]),
    ...secretProblems(kind, secret),
  ];
  if (problems.length > 0 || !(url instanceof URL)) return { ok: false, problems };
  const channel = {
    name,
    kind,
    enabled,
    events: [...new Set(events)],
    signed: secret !== null,
    ...shownOf(url),
  };
  return { ok: true, value: { channel, secrets: { url: url.href, secret } } };
}

/** A channel after a change; an address or a secret that is not given stays as it is kept. */
export function readChannelChange(
  before: Channel,
  kept: () => ChannelSecrets,
  change: NotificationChannelChange,
): Read<{ readonly channel: Channel; readonly secrets: ChannelSecrets | undefined }> {
  const { url, secret, kind = before.kind, enabled = before.enabled, events = before.events } = change;
  if (url === undefined && secret === undefined && kind === before.kind)
    return { ok: true, value: { channel: { ...before, enabled, events: [...events] }, secrets: undefined } };
  const known = url === undefined || secret === undefined ? kept() : undefined;
  return readChannel({
    name: before.name,
    kind,
    enabled,
    events: [...events],
    url: url ?? known?.url ?? "",
    secret: secret === undefined ? (known?.secret ?? null) : secret,
  });
}

function urlOf(text: string): URL | FieldProblem {
  const path = "url";
  if (!URL.canParse(text)) return { path, message: "url is no address: give https://…" };
  const url = new URL(text);
  const local = url.protocol === "http:" && isLoopback(url.hostname);
  if (url.protocol !== "https:" && !local)
    return {
      path,
      message: "url must be https: news would go out in the clear. Plain http is for this machine only.",
    };
  if (url.username !== "" || url.password !== "")
    return {
      path,
      message: "url has a user and password in it: give a secret instead, which signs what is sent.",
    };
  if (isForbiddenHost(url.hostname))
    return { path, message: "url is an address of this network's own services: nothing is sent there." };
  return url;
}

function secretProblems(kind: Channel["kind"], secret: string | null): readonly FieldProblem[] {
  if (secret === null || kind === "webhook") return [];
  return [{ path: "secret", message: "secret is for webhooks: Slack does not look at a signature." }];
}

function shownOf({ host, pathname, search }: URL): Pick<Channel, "host" | "endsWith"> {
  return { host, endsWith: `${pathname}${search}`.slice(-SHOWN) };
}
