import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type NotificationBook,
  NOTIFICATIONS_FILE,
  notificationBook,
  openNotifications,
  readAs,
  ServerError,
} from "@clone-xs/server";
import { newNotificationChannel } from "@clone-xs/server/contract";
import { homeOf, storeDirectory } from "../../connection/home.ts";
import { ExitCode } from "../../exit-codes.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import { tableText } from "../../views/human/table.ts";
import type { OutputOptions } from "../options.ts";

export type ChannelOptions = OutputOptions<"human" | "json">;

export interface AddChannelOptions {
  readonly kind: "webhook" | "slack";
  readonly urlEnv?: string;
  readonly secretEnv?: string;
  readonly events?: readonly string[];
}

/** `clxs config notifications list`: exit 0, also when there are none. */
export async function listChannels(
  { output }: ChannelOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  // Where nothing was ever saved, looking makes no directory.
  const there = existsSync(join(homeOf(surroundings), NOTIFICATIONS_FILE));
  const channels = there ? await withBook(surroundings, (book) => book.list()) : [];
  const rows = channels.map(({ name, kind, host, ends_with, enabled, events, last_delivery }) => [
    name,
    kind,
    `${host} …${ends_with}`,
    enabled ? "on" : "off",
    events.join(","),
    last_delivery?.state ?? "",
  ]);
  const human = channels.length === 0 ? NONE : tableText(COLUMNS, rows);
  surroundings.out.write(`${output === "json" ? JSON.stringify({ channels }, null, 2) : human}\n`);
  return ExitCode.done;
}

const NONE =
  "There are no notification channels. Add one with: clxs config notifications add NAME --kind slack < address.txt";
const COLUMNS = ["name", "kind", "address", "state", "told of", "last delivery"].map((name) => ({
  name,
  typeText: "STRING",
  typeName: "STRING",
}));

/** `clxs config notifications add`: exit 2 for what cannot be saved. Saving does not require that it works. */
export async function addChannel(
  name: string,
  { kind, urlEnv, secretEnv, events }: AddChannelOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const url = urlEnv === undefined ? await typed(surroundings) : held("--url-env", urlEnv, surroundings);
  const secret = secretEnv === undefined ? undefined : held("--secret-env", secretEnv, surroundings);
  const asked = {
    name,
    kind,
    url,
    ...(secret === undefined ? {} : { secret }),
    ...(events === undefined ? {} : { events }),
  };
  await withBook(surroundings, (book) => book.add(readAs(newNotificationChannel, asked)));
  tell(surroundings, `Channel ${name} is saved. Try it with: clxs config notifications test ${name}`);
  return ExitCode.done;
}

/** `clxs config notifications remove`: exit 2 when there is none of that name. */
export async function removeChannel(name: string, surroundings: Surroundings): Promise<ExitCode> {
  await withBook(surroundings, (book) => book.remove(name));
  tell(surroundings, `Channel ${name} is deleted.`);
  return ExitCode.done;
}

/** `clxs config notifications test`: exit 0 when it arrived, 4 when not. */
export async function testChannel(
  name: string,
  { output }: ChannelOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const tried = await withBook(surroundings, (book) => book.test(name));
  const human = `${tried.ok ? "✓" : "✗"} ${tried.message}`;
  surroundings.out.write(`${output === "json" ? JSON.stringify(tried, null, 2) : human}\n`);
  return tried.ok ? ExitCode.done : ExitCode.noConnection;
}

async function typed({ inputIsTerminal, readInput }: Surroundings): Promise<string> {
  if (inputIsTerminal)
    throw new UsageError(
      "Give the address on standard input (… < address.txt), or name the environment variable that holds it: --url-env VARIABLE.",
    );
  return (await readInput()).trim();
}

function held(flag: string, variable: string, { env }: Surroundings): string {
  const value = env[variable];
  if (value) return value;
  throw new UsageError(`${flag}: the environment variable ${variable} is not set.`);
}

/** Opens what is saved for as long as `work` takes. What the store refuses is wrong usage. */
async function withBook<Result>(
  surroundings: Surroundings,
  work: (book: NotificationBook) => Result | Promise<Result>,
): Promise<Result> {
  const { clock, env, interrupted } = surroundings;
  const store = openNotifications(storeDirectory(surroundings), env["CLXS_SECRET_KEY"]);
  try {
    return await work(notificationBook({ store, clock, signal: interrupted, publicUrl: undefined }));
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    throw new UsageError(error.fields.map(({ message }) => message).join("\n") || error.message);
  } finally {
    store.close();
  }
}
