import { WorkspaceError } from "@clone-xs/unity";
import type { NetworkConfig } from "./config.ts";

/** Gives the text of a file, or `undefined` when there is none. */
export type ReadFile = (path: string) => Promise<string | undefined>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that name a PEM file with further authorities: ours, then the ones that Node, Python and OpenSSL know. */
const certificateVariables = [
  "CLXS_CA_FILE",
  "NODE_EXTRA_CA_CERTS",
  "REQUESTS_CA_BUNDLE",
  "SSL_CERT_FILE",
] as const;

/**
 * Proxy and certificate settings of the environment. HTTPS_PROXY, HTTP_PROXY and NO_PROXY count in either case, the
 * lower case first as in curl. Throws CONFIGURATION when a named certificate file is missing.
 */
export async function networkFromEnvironment(env: Environment, readFile: ReadFile): Promise<NetworkConfig> {
  const either = (name: string) => nonEmpty(env[name.toLowerCase()]) ?? nonEmpty(env[name]);
  const httpsProxy = either("HTTPS_PROXY");
  const httpProxy = either("HTTP_PROXY");
  const noProxy = either("NO_PROXY");
  return {
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
    certificates: await readCertificates(env, readFile),
  };
}

async function readCertificates(env: Environment, readFile: ReadFile): Promise<string[]> {
  const certificates = new Set<string>();
  for (const variable of certificateVariables) {
    const path = nonEmpty(env[variable]);
    if (path === undefined) continue;
    const pem = await readFile(path);
    if (pem === undefined)
      throw new WorkspaceError(
        "CONFIGURATION",
        `${variable} names ${path}, which does not exist. Correct or unset it.`,
      );
    certificates.add(pem);
  }
  return [...certificates];
}

/**
 * The proxy for a URL, or `undefined` for a direct connection. Entries of NO_PROXY are separated by commas or spaces:
 * `*`, a host (which covers its subdomains, with or without a leading dot or `*.`), an IPv4 range `10.0.0.0/8`, each
 * with an optional `:port`. Loopback is always direct.
 */
export function proxyFor(
  url: URL,
  { httpsProxy, httpProxy, noProxy = "" }: Pick<NetworkConfig, "httpsProxy" | "httpProxy" | "noProxy">,
): string | undefined {
  const proxy = url.protocol === "https:" ? httpsProxy : httpProxy;
  if (proxy === undefined || isLoopback(url.hostname)) return undefined;
  const direct = noProxy.split(/[\s,]+/u).some((entry) => entry !== "" && covers(entry.toLowerCase(), url));
  return direct ? undefined : proxy;
}

function covers(entry: string, url: URL): boolean {
  if (entry === "*") return true;
  const { name, port } = splitPort(entry);
  if (port !== undefined && port !== (url.port || (url.protocol === "https:" ? "443" : "80"))) return false;
  const host = url.hostname.toLowerCase();
  if (name.includes("/")) return inRange(host, name);
  const domain = name.replace(/^\*?\.+/u, "");
  return host === domain || host.endsWith(`.${domain}`) || host === `[${domain}]`;
}

function splitPort(entry: string): { name: string; port?: string } {
  const parts = /^(\[[^\]]+\]|[^:]+):(\d+)$/u.exec(entry);
  return parts === null ? { name: entry } : { name: parts[1] ?? "", port: parts[2] ?? "" };
}

function inRange(host: string, range: string): boolean {
  const [base = "", bits = ""] = range.split("/");
  const address = ipv4(host);
  const network = ipv4(base);
  if (address === undefined || network === undefined || !/^\d+$/u.test(bits) || Number(bits) > 32)
    return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) === Math.floor(network / size);
}

function ipv4(text: string): number | undefined {
  const bytes = text
    .split(".")
    .map((part) => (/^\d{1,3}$/u.test(part) && Number(part) <= 255 ? Number(part) : undefined));
  if (bytes.length !== 4) return undefined;
  return bytes.reduce<number | undefined>(
    (sum, byte) => (sum === undefined || byte === undefined ? undefined : sum * 256 + byte),
    0,
  );
}

/** Whether a URL's hostname is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/u.test(hostname);
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value.trim();
}
