import { rootCertificates } from "node:tls";
import { Agent, type Dispatcher, ProxyAgent } from "undici";
import type { NetworkConfig } from "../connection/config.ts";
import { proxyFor } from "../connection/network.ts";

/** Connections to the given host: direct or through the proxy that its address calls for, trusting further authorities. */
export function openDispatcher(host: string, network: NetworkConfig): Dispatcher {
  const trust =
    network.certificates.length === 0 ? {} : { ca: [...rootCertificates, ...network.certificates] };
  const proxy = proxyFor(new URL(host), network);
  if (proxy === undefined) return new Agent({ connect: trust });
  const uri = proxy.includes("://") ? proxy : `http://${proxy}`;
  return new ProxyAgent({ uri, requestTls: trust, proxyTls: trust });
}
