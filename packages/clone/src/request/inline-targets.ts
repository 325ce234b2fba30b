import { type TargetKey, type TargetObject, targetSchema } from "./target-wire.ts";

/** How to connect to a workspace that is not saved. */
export interface InlineTarget {
  /** A profile has its own, unless another is said here. */
  readonly host?: string;
  readonly warehouseId?: string;
  readonly auth:
    | { readonly method: "pat"; readonly token: string }
    | { readonly method: "service_principal"; readonly clientId: string; readonly clientSecret: string }
    | { readonly method: "profile"; readonly profile: string };
}

/** Keys of a target that say how to connect. */
export const INLINE_KEYS = [
  "host",
  "auth_method",
  "token",
  "client_id",
  "client_secret",
  "profile",
  "warehouse_id",
] as const satisfies readonly TargetKey[];

type AuthMethod = InlineTarget["auth"]["method"];

const NEEDED: Readonly<Record<AuthMethod, readonly TargetKey[]>> = {
  pat: ["host", "token", "warehouse_id"],
  service_principal: ["host", "client_id", "client_secret", "warehouse_id"],
  profile: ["profile"],
};

const CREDENTIALS = ["token", "client_id", "client_secret", "profile"] as const;

export type InlineRead =
  | { readonly ok: true; readonly target: InlineTarget }
  | { readonly ok: false; readonly problems: readonly KeyProblem[] };

interface KeyProblem {
  /** Empty: the target itself. */
  readonly key: TargetKey | "";
  /** What follows the key in a sentence. */
  readonly message: string;
}

/** Reads how to connect, or tells each key that is missing for the way of authenticating, or belongs to another. */
export function inlineTarget(wire: TargetObject): InlineRead {
  const method = wire.auth_method;
  if (!INLINE_KEYS.some((key) => wire[key])) return failed("", "names neither a connection nor a host.");
  if (!method) return failed("auth_method", "is required with a host: pat, service_principal or profile.");
  const problems = [
    ...NEEDED[method]
      .filter((key) => !wire[key])
      .map((key) => ({ key, message: `is required for auth_method ${method}.` })),
    ...CREDENTIALS.filter((key) => wire[key] && !NEEDED[method].includes(key)).map((key) => ({
      key,
      message: `is not used by auth_method ${method}: leave it out.`,
    })),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, target: complete(wire, method) };
}

/**
 * The same request with every complete target that says itself how to connect replaced by a reference. `seal` keeps how to connect and
 * gives the reference. What cannot be read stays as it is, for `parseCloneRequest` to tell.
 */
export async function withSealedTargets(
  wire: unknown,
  seal: (target: InlineTarget) => string | Promise<string>,
): Promise<unknown> {
  if (!isObject(wire)) return wire;
  const names = new Set<string>();
  const { target_workspace: one, target_workspaces: several } = wire;
  if (one !== undefined) return { ...wire, target_workspace: await sealedTarget(one, names, seal) };
  if (!Array.isArray(several)) return wire;
  const sealed: unknown[] = [];
  for (const target of several) sealed.push(await sealedTarget(target, names, seal));
  return { ...wire, target_workspaces: sealed };
}

/** `names`: those that targets without one were given so far. */
async function sealedTarget(
  target: unknown,
  names: Set<string>,
  seal: (target: InlineTarget) => string | Promise<string>,
): Promise<unknown> {
  const parsed = targetSchema.safeParse(target);
  if (!parsed.success || typeof parsed.data === "string" || parsed.data.connection) return target;
  const read = inlineTarget(parsed.data);
  if (!read.ok) return target;
  const rest = Object.entries(parsed.data).filter(([key]) => !INLINE.has(key) && key !== "connection");
  const name = parsed.data.name || freeName(nameOf(read.target), names);
  return { ...Object.fromEntries(rest), connection: await seal(read.target), name };
}

const INLINE: ReadonlySet<string> = new Set(INLINE_KEYS);

/** The name, or the name with a number when it is taken; it is taken then. */
export function freeName(base: string, taken: Set<string>): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base} ${count}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}

/** People know a workspace by its address, and not by the reference that is kept for it. */
function nameOf({ host, auth }: InlineTarget): string {
  if (host !== undefined) return host.replace(/^https?:\/\//u, "").replace(/\/.*$/u, "");
  return auth.method === "profile" ? auth.profile : "target";
}

function complete(wire: TargetObject, method: AuthMethod): InlineTarget {
  return {
    ...(wire.host ? { host: wire.host } : {}),
    ...(wire.warehouse_id ? { warehouseId: wire.warehouse_id } : {}),
    auth: authOf(wire, method),
  };
}

function authOf(wire: TargetObject, method: AuthMethod): InlineTarget["auth"] {
  switch (method) {
    case "pat":
      return { method, token: wire.token ?? "" };
    case "service_principal":
      return { method, clientId: wire.client_id ?? "", clientSecret: wire.client_secret ?? "" };
    case "profile":
      return { method, profile: wire.profile ?? "" };
  }
}

function failed(key: KeyProblem["key"], message: string): InlineRead {
  return { ok: false, problems: [{ key, message }] };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
