import type { ClonePlan } from "@clone-xs/server/contract";
import { Name } from "../../components/name.tsx";
import { Section } from "../../components/section.tsx";

/** Who will be able to do with the copy what the source does not let them. */
export function AccessGains({ gains }: { gains: ClonePlan["access"] }) {
  return (
    <Section title="Who gains access">
      {gains.length === 0 ? (
        <p className="text-ink-soft">Nobody: whoever can read the copy can read its source.</p>
      ) : (
        <ul className="divide-y divide-line rounded border border-line bg-surface">
          {gains.map(({ principal, object, privileges }) => (
            <li
              key={`${principal} ${object}`}
              className="grid gap-x-4 gap-y-0.5 px-3 py-1.5 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_minmax(0,2fr)] sm:items-baseline"
            >
              <span className="name font-medium text-warn">{principal}</span>
              <span className="min-w-0">
                <Name text={object} />
              </span>
              <span className="name min-w-0 text-small text-ink-soft">
                {privileges.map((each) => each.replaceAll("_", " ")).join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
