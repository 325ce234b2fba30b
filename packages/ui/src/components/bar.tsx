import { Progress as Radix } from "radix-ui";

/** How much of something is done, in percent. */
export function Bar({ label, share }: { label: string; share: number }) {
  return (
    <Radix.Root value={share} aria-label={label} className="mt-2 h-1.5 overflow-hidden rounded bg-sunken">
      <Radix.Indicator
        className="h-full origin-left bg-accent transition-transform duration-300"
        style={{ transform: `scaleX(${share / 100})` }}
      />
    </Radix.Root>
  );
}
