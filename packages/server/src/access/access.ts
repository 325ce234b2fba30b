import { createHash, timingSafeEqual } from "node:crypto";
import { ServerError } from "../errors.ts";

/** Who may ask, decided once at start. */
export interface AccessRules {
  /** Every `/api` request but health must carry it; `undefined`: nobody needs one. */
  readonly token: string | undefined;
  /** The server listens on this machine only: then a foreign Host header means a rebound DNS name. */
  readonly loopback: boolean;
}

export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly authorization: string | undefined;
}

/**
 * Throws a ServerError when the request may not pass. A body is read as JSON whatever its type, so any page could post a
 * form here: writes must come from this origin or from no page at all (curl sends neither header).
 */
export function checkAccess(request: RequestFacts, rules: AccessRules): void {
  if (rules.loopback && !isLoopback(hostNameOf(request.host ?? ""))) {
    throw new ServerError(
      "FORBIDDEN_ORIGIN",
      `This server answers to localhost only, not to "${request.host ?? ""}".`,
    );
  }
  if (isWrite(request.method)) checkOrigin(request);
  if (rules.token !== undefined && needsToken(request.path)) checkToken(request.authorization, rules.token);
}

function checkOrigin({ origin, fetchSite, host }: RequestFacts): void {
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

function checkToken(authorization: string | undefined, token: string): void {
  const sent = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (sent === undefined) {
    throw new ServerError("UNAUTHENTICATED", "Send the server's token: Authorization: Bearer <token>.");
  }
  if (!timingSafeEqual(digest(sent), digest(token))) {
    throw new ServerError("UNAUTHENTICATED", "The token is not this server's.");
  }
}

/** Equal lengths, so that the comparison takes the same time whatever was sent. */
const digest = (text: string) => createHash("sha256").update(text).digest();

const isWrite = (method: string) => !["GET", "HEAD", "OPTIONS"].includes(method);

/** The page itself holds no data, and health tells nothing that a closed port would not. */
const needsToken = (path: string) => path.startsWith("/api") && path !== "/api/health";

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

function hostNameOf(host: string): string {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname : "";
}

function hostOfOrigin(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
