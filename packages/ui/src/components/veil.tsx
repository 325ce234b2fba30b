/**
 * Over the page while something else must be answered. Radix's own overlay holds the scroll by a style element, which the policy of the
 * server forbids.
 */
export function Veil() {
  return <div aria-hidden className="fixed inset-0 z-30 bg-ink/30" />;
}
