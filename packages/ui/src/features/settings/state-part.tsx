import { useQuery } from "@tanstack/react-query";
import { serverState } from "../../api/settings.ts";
import { ErrorNotice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { bytes } from "../../format.ts";

/** Where the server keeps what it remembers: for whoever makes copies of it. */
export function StatePart() {
  const { data, error, refetch } = useQuery(serverState);
  return (
    <Section title="Where state lives">
      {error !== null ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={3} label="Loading where state lives" />
      ) : (
        <>
          <p className="mb-3 text-ink-soft">
            In <span className="name text-ink">{data.home}</span>
            {data.free_bytes !== null && `, where ${bytes(data.free_bytes)} are left`}. It is all that a copy
            of this server needs.
          </p>
          <ul aria-label="Files" className="divide-y divide-line rounded border border-line bg-surface">
            {data.files.map(({ name, bytes: size, what }) => (
              <li
                key={name}
                className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 px-3 py-1.5 sm:grid-cols-[10rem_minmax(0,1fr)_6rem]"
              >
                <span className="name">{name}</span>
                <span className="text-small text-ink-soft max-sm:order-3 max-sm:col-span-2">{what}</span>
                <span className="figure text-right text-small text-ink-faint">{bytes(size)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
