import { useMemo, useState } from "react";
import type { Certificate } from "../../api/runs.ts";
import { Segments } from "../../components/choices.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Figures } from "../../components/figures.tsx";
import { Name } from "../../components/name.tsx";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/section.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { count } from "../../format.ts";

/** One object and what comparing it with its source came to. */
export interface Compared {
  readonly target: string | null;
  readonly certificate: Pick<
    Certificate,
    | "object"
    | "kind"
    | "verdict"
    | "reason"
    | "source_version"
    | "target_version"
    | "source_rows"
    | "target_rows"
    | "source_hash"
    | "target_hash"
  > & {
    readonly files?: number | undefined;
    readonly differences: readonly Certificate["differences"][number][];
    readonly notes: readonly string[];
  };
}

type Verdict = Certificate["verdict"];

const WORDS: Record<Verdict, { readonly mark: string; readonly word: string; readonly look: string }> = {
  match: { mark: "=", word: "Match", look: "text-good" },
  differs: { mark: "≠", word: "Differs", look: "text-bad" },
  not_comparable: { mark: "?", word: "Not comparable", look: "text-warn" },
};

const SHOWN = [
  { value: "all", label: "All" },
  { value: "differs", label: "Differ" },
  { value: "not_comparable", label: "Not comparable" },
  { value: "match", label: "Match" },
] as const;

/** Every comparison with its verdict; what differs comes first. */
export function Certificates({ compared }: { compared: readonly Compared[] }) {
  const [shown, setShown] = useState<(typeof SHOWN)[number]["value"]>("all");
  const [open, setOpen] = useState<Compared>();
  const sorted = useMemo(() => [...compared].sort((a, b) => rank(a) - rank(b)), [compared]);
  const rows = shown === "all" ? sorted : sorted.filter(({ certificate }) => certificate.verdict === shown);
  const number = (verdict: Verdict) =>
    compared.filter(({ certificate }) => certificate.verdict === verdict).length;
  return (
    <div className="space-y-3">
      <Figures
        label="Verdicts"
        figures={[
          { name: "Match", value: count(number("match")), tone: "good" },
          {
            name: "Differ",
            value: count(number("differs")),
            ...(number("differs") > 0 ? { tone: "bad" as const } : {}),
          },
          {
            name: "Not comparable",
            value: count(number("not_comparable")),
            ...(number("not_comparable") > 0 ? { tone: "warn" as const } : {}),
          },
          { name: "Objects compared", value: count(compared.length) },
        ]}
      />
      <Segments label="Verdict" value={shown} choices={SHOWN} onChange={setShown} />
      <DataTable
        label="Objects compared"
        rows={rows}
        columns={COLUMNS}
        keyOf={keyOf}
        onOpen={setOpen}
        {...(open === undefined ? {} : { chosen: keyOf(open) })}
        empty="No object has this verdict."
      />
      {open !== undefined && (
        <CertificateSheet key={keyOf(open)} compared={open} onClose={() => setOpen(undefined)} />
      )}
    </div>
  );
}

const keyOf = ({ target, certificate }: Compared) =>
  `${target ?? ""} ${certificate.kind} ${certificate.object}`;

const rank = ({ certificate }: Compared) =>
  ["differs", "not_comparable", "match"].indexOf(certificate.verdict);

function VerdictMark({ verdict }: { verdict: Verdict }) {
  const { mark, word, look } = WORDS[verdict];
  return (
    <span className="flex items-baseline gap-1.5">
      <span role="img" aria-label={word} className={`name font-semibold ${look}`}>
        {mark}
      </span>
      <span className="truncate text-small text-ink-soft max-sm:hidden" aria-hidden>
        {word}
      </span>
    </span>
  );
}

const COLUMNS: readonly Column<Compared>[] = [
  {
    id: "verdict",
    label: "Verdict",
    width: "8rem",
    narrow: "1.25rem",
    cell: ({ certificate }) => <VerdictMark verdict={certificate.verdict} />,
    sortBy: rank,
  },
  {
    id: "object",
    label: "Object",
    width: "minmax(0,4fr)",
    cell: ({ target, certificate }) => (
      <>
        {target !== null && <span className="mr-1.5 text-tiny text-ink-soft">{target}</span>}
        <span className="name">{certificate.object}</span>
      </>
    ),
    sortBy: ({ certificate }) => certificate.object,
  },
  {
    id: "kind",
    label: "Kind",
    width: "4.5rem",
    wideOnly: true,
    cell: ({ certificate }) => <span className="text-small text-ink-soft">{certificate.kind}</span>,
    sortBy: ({ certificate }) => certificate.kind,
  },
  {
    id: "why",
    label: "Why",
    width: "minmax(0,4fr)",
    wideOnly: true,
    cell: ({ certificate }) => (
      <span className="text-small text-ink-soft">{certificate.reason ?? certificate.notes[0]}</span>
    ),
  },
  {
    id: "hash",
    label: "Hash",
    width: "6rem",
    wideOnly: true,
    cell: ({ certificate }) => (
      <span className="name text-small text-ink-soft">{certificate.source_hash?.slice(0, 10)}</span>
    ),
  },
  {
    id: "rows",
    label: "Rows",
    width: "6rem",
    align: "end",
    cell: ({ certificate }) =>
      certificate.source_rows === null
        ? (certificate.files ?? null)
        : certificate.source_rows === certificate.target_rows
          ? count(certificate.source_rows)
          : `${count(certificate.source_rows)} ≠ ${count(certificate.target_rows ?? 0)}`,
    sortBy: ({ certificate }) => certificate.source_rows ?? -1,
  },
];

function CertificateSheet({
  compared: { target, certificate },
  onClose,
}: {
  compared: Compared;
  onClose: () => void;
}) {
  const facts = [
    ["Rows", certificate.source_rows?.toString(), certificate.target_rows?.toString()],
    ["Hash of all rows", certificate.source_hash, certificate.target_hash],
    ["Version", certificate.source_version, certificate.target_version],
  ] as const;
  return (
    <Sheet title={<Name text={certificate.object} />} onClose={onClose}>
      <div className="flex items-baseline gap-3">
        <VerdictMark verdict={certificate.verdict} />
        <span className="text-ink-soft">
          {certificate.kind}
          {target !== null && ` on ${target}`}
        </span>
      </div>
      {certificate.reason !== null && (
        <Notice tone={certificate.verdict === "differs" ? "bad" : "warn"} title={certificate.reason} />
      )}
      <dl className="space-y-2">
        {facts.map(([name, source, copy]) =>
          source == null && copy == null ? null : (
            <div key={name}>
              <dt className="text-small text-ink-soft">{name}</dt>
              <dd className="name wrap-anywhere">
                {source === copy ? source : `${source ?? "none"} ≠ ${copy ?? "none"}`}
              </dd>
            </div>
          ),
        )}
      </dl>
      {certificate.differences.length > 0 && (
        <Section title="Differences">
          <ul className="divide-y divide-line rounded border border-line bg-surface">
            {certificate.differences.map(({ object, what, source, target: copy }, index) => (
              <li key={index} className="px-3 py-1.5">
                <span className="font-medium">{what}</span> <Name text={object} />
                <span className="name block text-small wrap-anywhere">
                  <span className="text-ink-soft">source</span> {source ?? "nothing"}
                </span>
                <span className="name block text-small wrap-anywhere">
                  <span className="text-ink-soft">copy</span> {copy ?? "nothing"}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {certificate.notes.map((note) => (
        <p key={note} className="text-small text-ink-soft">
          {note}
        </p>
      ))}
    </Sheet>
  );
}
