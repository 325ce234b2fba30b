/**
 * Over the page while something else must be answered: the page is not scrolled meanwhile. Radix's own overlay holds the scroll by a style
 * element, which the policy of the server forbids.
 */
export function Veil() {
  return <div data-veil="" aria-hidden className="fixed inset-0 z-30 bg-ink/30" />;
}
