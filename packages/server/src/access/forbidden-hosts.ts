/**
 * Whether a host, as `URL.hostname` writes it, is none that a server may be sent to by anybody: link-local addresses, behind which
 * clouds keep the credentials of their machines. Source: RFC 3927 and 4291; the instance metadata services of AWS, Azure and GCP.
 */
export function isForbiddenHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/u, "");
  if (name.startsWith("169.254.") || METADATA.has(name)) return true;
  return /^\[fe[89ab][0-9a-f]:/u.test(name) || name === "[fd00:ec2::254]" || isMappedLinkLocal(name);
}

const METADATA: ReadonlySet<string> = new Set(["metadata.google.internal", "metadata.goog", "168.63.129.16"]);

/** 169.254.0.0/16 within IPv6: `::ffff:a9fe:…` (mapped), `::a9fe:…` (compatible), `64:ff9b::a9fe:…` (translated). */
function isMappedLinkLocal(name: string): boolean {
  return /^\[(::ffff:|::|64:ff9b::)a9fe:[0-9a-f]{1,4}\]$/u.test(name);
}
