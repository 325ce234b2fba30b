import { ServerError } from "../errors.ts";

/** From where the server may be asked, and whether callers need a token. Decided once at start. */
export interface AccessRules {
  /** `none`: whoever reaches the server may do everything. */
  readonly auth: "none" | "token";
  /** The server listens on this machine only: then a foreign Host header means a rebound DNS name. */
  readonly loopback: boolean;
  /** Names that the Host header may have beside this machine's own. */
  readonly allowHosts: readonly string[];
  /** One proxy stands before the server: what it says of the caller's address, host and scheme counts. */
  readonly trustProxy: boolean;
}

export interface RulesAsked {
  /** Name or address to listen on. */
  readonly host: string;
  readonly auth: "default" | "token" | "none";
  readonly allowHosts?: readonly string[];
  readonly trustProxy?: boolean;
}

/** `default` asks for no token where nobody but this machine's users can come: on loopback, and not behind a proxy. */
export function accessRules({ host, auth, allowHosts = [], trustProxy = false }: RulesAsked): AccessRules {
  const ground = {
    loopback: isLoopback(host),
    allowHosts: allowHosts.map((name) => name.toLowerCase()),
    trustProxy,
  };
  const usual = isAlone(ground) ? "none" : "token";
  return { auth: auth === "default" ? usual : auth, ...ground };
}

/** Whether nobody but this machine's users can reach the server. */
export function isAlone({ loopback, trustProxy, allowHosts }: Omit<AccessRules, "auth">): boolean {
  return loopback && !trustProxy && allowHosts.length === 0;
}

/** What the check of a request's origin looks at. */
export interface RequestFacts {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

/**
 * Throws FORBIDDEN_ORIGIN when the request may not pass, whoever sends it. A body is read as JSON whatever its type, so any page could
 * post a form here: writes must come from this origin or from no page at all (curl sends neither header).
 */
export function checkOrigin(request: RequestFacts, rules: AccessRules): void {
  checkHost(request.host ?? "", rules);
  if (isWrite(request.method)) checkWriter(request);
}

/** A browser that sends a session's cookie with a write says where the write comes from. Throws FORBIDDEN_ORIGIN for one that does not. */
export function checkSessionWrite({ method, origin, fetchSite }: RequestFacts): void {
  if (!isWrite(method) || origin !== undefined || fetchSite !== undefined) return;
  throw new ServerError(
    "FORBIDDEN_ORIGIN",
    "A session's request that changes something must say where it comes from (Origin or Sec-Fetch-Site). Send a token instead: Authorization: Bearer <token>.",
  );
}

/** Without a token a name is all that tells our page from one whose name was rebound to this address: then it must be known. */
function checkHost(host: string, { auth, loopback, allowHosts }: AccessRules): void {
  const name = hostNameOf(host);
  if (isLoopback(name) || allowHosts.includes(name)) return;
  if (!loopback && allowHosts.length === 0 && (auth === "token" || isAddress(name))) return;
  const known = [...(loopback ? ["localhost"] : []), ...allowHosts].join(", ");
  const answers = known === "" ? "its address" : known;
  throw new ServerError(
    "FORBIDDEN_ORIGIN",
    `This server answers to ${answers} only, not to "${host}". Another name is allowed with --allow-host when the server is started.`,
  );
}

function checkWriter({ origin, fetchSite, host }: RequestFacts): void {
  if (fetchSite !== undefined && fetchSite !== "same-origin" && fetchSite !== "none") {
    throw new ServerError(
      "FORBIDDEN_ORIGIN",
      `Requests that change something must not come from another site (Sec-Fetch-Site: ${fetchSite}).`,
    );
  }
  if (origin !== undefined && hostOfOrigin(origin) !== host) {
    throw new ServerError(
      "FORBIDDEN_ORIGIN",
      `Origin ${origin} may not change anything on ${host ?? "here"}.`,
    );
  }
}

/** Whether a request with this method may change something. */
export const isWrite = (method: string) => !["GET", "HEAD", "OPTIONS"].includes(method);

/** Whether a host name or address means this machine only. */
export function isLoopback(name: string): boolean {
  return (
    name === "localhost" ||
    name === "::1" ||
    name === "[::1]" ||
    name.endsWith(".localhost") ||
    /^127(\.\d+){3}$/.test(name)
  );
}

function isAddress(name: string): boolean {
  return /^\d+(\.\d+){3}$/.test(name) || name.startsWith("[");
}

function hostNameOf(host: string): string {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname : "";
}

function hostOfOrigin(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
