import { type Caller, LOCAL, NOBODY } from "./caller.ts";
import { digestOf, sameDigest } from "./digest.ts";
import type { TokenStore } from "./token-store.ts";

/** How the server's own token calls itself: the one that was given or made when it was started. */
export const SERVER_TOKEN = "server";

/** What a request shows of who sends it. */
interface Credentials {
  readonly authorization: string | undefined;
  /** The text of a page's session, from its cookie. */
  readonly session: string | undefined;
}

/** Tells who is asking. */
export interface Registry {
  /** `NOBODY` when nothing is shown, or what is not known here. Another process may have removed a token a moment ago. */
  caller(credentials: Credentials, at: number): Caller;
  /** Whose token this is; `undefined` when it is nobody's. */
  ofToken(text: string, at: number): { readonly caller: Caller; readonly digest: string } | undefined;
}

/** `auth: "none"`: nobody is asked, and everybody is the owner. `serverToken`: given or made at start, with every right. */
export function registryOf(
  auth: "none" | "token",
  tokens: Pick<TokenStore, "use" | "session">,
  serverToken: string | undefined,
): Registry {
  const own = serverToken === undefined ? undefined : digestOf(serverToken);
  const ofDigest = (digest: string, by: Caller["by"], at: number): Caller | undefined => {
    if (own !== undefined && sameDigest(own, digest)) return { name: SERVER_TOKEN, role: "admin", by };
    const saved = tokens.use(digest, at);
    return saved === undefined ? undefined : { name: saved.name, role: saved.role, by };
  };
  return {
    caller({ authorization, session }, at) {
      if (auth === "none") return LOCAL;
      if (authorization !== undefined) {
        const text = bearerOf(authorization);
        return (text === undefined ? undefined : ofDigest(digestOf(text), "token", at)) ?? NOBODY;
      }
      const opened = session === undefined ? undefined : tokens.session(session, at);
      return (opened === undefined ? undefined : ofDigest(opened.tokenDigest, "session", at)) ?? NOBODY;
    },
    ofToken(text, at) {
      const digest = digestOf(text);
      const caller = ofDigest(digest, "session", at);
      return caller === undefined ? undefined : { caller, digest };
    },
  };
}

function bearerOf(authorization: string): string | undefined {
  return /^Bearer +(\S+) *$/iu.exec(authorization)?.[1];
}
