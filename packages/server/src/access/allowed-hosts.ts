import type { FieldProblem } from "../contract/index.ts";
import { isLoopback } from "./access.ts";
import { isForbiddenHost } from "./forbidden-hosts.ts";

/** What the list of hosts is made of. */
export interface HostSources {
  /** Addresses of saved connections, as origins. Whoever saves one is an administrator. */
  readonly saved: () => readonly string[];
  /** The workspace that the server works on, as far as it is known. */
  readonly own: () => string | undefined;
  /** Of the configuration file: names, or `*.example.com`. */
  readonly configured: readonly string[];
  /** The server listens on this machine only: then its users may go where they could go anyway. */
  readonly loopback: boolean;
}

/**
 * Where a request may send the server. Gives what is wrong with an address that stands in the field `path` of a body, and the way out;
 * `undefined`: nothing. Somebody who may start clones could otherwise have the server ask whatever only the server reaches.
 */
export type JudgeHost = (address: string, path: string) => FieldProblem | undefined;

/** Source: the domains of Databricks' clouds (AWS, Azure, Google Cloud, Azure for governments, Azure in China). */
const DATABRICKS = [
  "*.cloud.databricks.com",
  "*.azuredatabricks.net",
  "*.gcp.databricks.com",
  "*.databricks.azure.us",
  "*.databricks.azure.cn",
];

/** Judges addresses (`https://host/path`, or a host's name alone) by the list that `sources` make. */
export function hostJudge({ saved, own, configured, loopback }: HostSources): JudgeHost {
  const patterns = [...DATABRICKS, ...configured.map((each) => each.toLowerCase())];
  return (address, path) => {
    const host = hostOf(address);
    if (host === undefined) return { path, message: `${path} is no address: ${address}` };
    if (isForbiddenHost(host))
      return {
        path,
        message: `${path}: ${host} is an address of this network's own services. No request is sent there.`,
      };
    if (loopback && isLoopback(host)) return undefined;
    if (patterns.some((pattern) => matches(host, pattern))) return undefined;
    if ([own() ?? "", ...saved()].some((each) => hostOf(each) === host)) return undefined;
    return {
      path,
      message: `${path}: ${host} is not among the hosts that this server may be sent to. An administrator can save a connection to it (Settings on the page, or clxs config connections add), or add it to settings.allowed_hosts of the configuration file.`,
    };
  };
}

function hostOf(address: string): string | undefined {
  if (address === "") return undefined;
  const url = /^[a-z][a-z0-9+.-]*:\/\//iu.test(address) ? address : `https://${address}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/u, "") : undefined;
}

/** `*.example.com`: what is below it, not itself. */
function matches(host: string, pattern: string): boolean {
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === hostOf(pattern);
}
