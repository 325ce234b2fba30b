import type { NotificationChannelChange, NotificationEvent } from "@clone-xs/server/contract";
import type { Means } from "./equivalents.ts";
import { fromEnvironment } from "./secret.ts";
import { command, flag, listFlag } from "./shell.ts";

/** The variables of the shell that hold a channel's address and what signs its messages. */
const CHANNEL_URL = "CLXS_CHANNEL_URL";
const CHANNEL_SECRET = "CLXS_CHANNEL_SECRET";

/** A channel as it is to be. Its address and secret are left where the shell has them: of the secret only counts whether there is one. */
export interface ChannelBody {
  readonly name: string;
  readonly kind: "webhook" | "slack";
  readonly secret: string;
  readonly events: readonly NotificationEvent[];
}

/** Saves a notification channel. */
export function addingChannel({ name, kind, secret, events }: ChannelBody): Means {
  const signs = kind === "webhook" && secret !== "";
  const flags = [
    flag("--kind", kind),
    flag("--url-env", CHANNEL_URL),
    ...(signs ? [flag("--secret-env", CHANNEL_SECRET)] : []),
    ...listFlag("--events", events),
  ];
  return {
    // The command line has no words for a channel that is told of nothing by itself.
    ...(events.length === 0 ? {} : { cli: command("clxs config notifications add", flags, name) }),
    call: {
      method: "POST",
      path: "/api/notifications",
      body: {
        name,
        kind,
        url: fromEnvironment(CHANNEL_URL),
        ...(signs ? { secret: fromEnvironment(CHANNEL_SECRET) } : {}),
        events,
      },
    },
  };
}

/** Changes a channel; its address and secret stand in the shell where they change. */
export function changingChannel(name: string, { url, secret, ...rest }: NotificationChannelChange): Means {
  const body = {
    ...rest,
    ...(url === undefined ? {} : { url: fromEnvironment(CHANNEL_URL) }),
    ...(secret === undefined ? {} : { secret: secret === null ? null : fromEnvironment(CHANNEL_SECRET) }),
  };
  return { call: { method: "PATCH", path: at(name), body } };
}

/** Sends a test to a channel. */
export function testingChannel(name: string): Means {
  return {
    cli: command("clxs config notifications test", [], name),
    call: { method: "POST", path: at(name, "/test") },
  };
}

export function removingChannel(name: string): Means {
  return {
    cli: command("clxs config notifications remove", [], name),
    call: { method: "DELETE", path: at(name) },
  };
}

const at = (name: string, rest = "") => `/api/notifications/${encodeURIComponent(name)}${rest}`;
