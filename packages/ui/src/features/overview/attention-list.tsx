import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { AttentionItem } from "../../api/overview.ts";
import { Button } from "../../components/button.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { Section } from "../../components/section.tsx";
import { ago, plural } from "../../format.ts";
import { PageLink } from "./page-link.tsx";

/** More than this would push away all the rest of the page. */
const AT_ONCE = 6;

/** What somebody should look at, each with what mends it; or that there is nothing. */
export function AttentionList({ items, now }: { items: readonly AttentionItem[]; now: number }) {
  const [all, setAll] = useState(false);
  if (items.length === 0)
    return (
      <p className="flex items-center gap-2 rounded border border-line bg-surface px-3 py-2 text-ink-soft">
        <CircleCheck className="size-4 shrink-0 text-good" aria-hidden />
        Nothing needs attention.
      </p>
    );
  const shown = all ? items : items.slice(0, AT_ONCE);
  return (
    <Section
      title="Needs attention"
      aside={<span className="text-small text-ink-faint">{plural(items.length, "thing")}</span>}
    >
      <ul aria-label="Needs attention" className="divide-y divide-line rounded border border-line bg-surface">
        {shown.map((item) => (
          <Row key={item.id} item={item} now={now} />
        ))}
      </ul>
      {items.length > AT_ONCE && (
        <Button look="quiet" className="mt-1" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show the worst only" : `Show all ${items.length}`}
        </Button>
      )}
    </Section>
  );
}

function Row({ item, now }: { item: AttentionItem; now: number }) {
  const { severity, title, reason, since, link, command } = item;
  const bad = severity === "bad";
  const Icon = bad ? CircleAlert : TriangleAlert;
  return (
    <li className="flex items-start gap-3 px-3 py-2 max-sm:flex-wrap">
      <Icon
        className={`mt-0.5 size-4 shrink-0 ${bad ? "text-bad" : "text-warn"}`}
        role="img"
        aria-label={bad ? "Failed" : "Warning"}
      />
      <div className="min-w-0 flex-1 max-sm:basis-[calc(100%-2rem)]">
        <p className="font-medium wrap-anywhere">
          {title}
          {since !== null && (
            <span className="ml-2 text-small font-normal whitespace-nowrap text-ink-faint">
              {ago(since, now)}
            </span>
          )}
        </p>
        <p className="line-clamp-2 text-small text-ink-soft wrap-anywhere">{reason}</p>
      </div>
      <div className="flex shrink-0 items-center gap-1 max-sm:ml-7">
        {command !== null && (
          <span title={command}>
            <CopyButton text={command} label={`the command: ${command}`} />
          </span>
        )}
        <PageLink
          page={link.page}
          className="inline-flex h-7 items-center rounded border border-line-strong/60 px-2.5 text-small font-medium whitespace-nowrap hover:border-ink-soft"
        >
          {link.label}
          <span className="sr-only">: {title}</span>
        </PageLink>
      </div>
    </li>
  );
}
