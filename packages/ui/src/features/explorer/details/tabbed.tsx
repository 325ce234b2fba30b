import { useNavigate, useSearch } from "@tanstack/react-router";
import { type Tab, Tabs } from "../../../components/tabs.tsx";
import { count } from "../../../format.ts";

/** What a tab holds, and how many of it. */
export function CountedLabel({ text, count: of }: { text: string; count: number }) {
  return (
    <>
      {text} <span className="figure text-small font-normal text-ink-faint">{count(of)}</span>
    </>
  );
}

/** Tabs whose choice is in the address; the first needs no word there. */
export function Tabbed({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const { view, ...rest } = useSearch({ from: "/explorer" });
  const navigate = useNavigate({ from: "/explorer" });
  const first = tabs[0]?.id ?? "";
  const id = tabs.some((tab) => tab.id === view) ? (view ?? first) : first;
  const onChange = (next: string) =>
    void navigate({ search: { ...rest, ...(next === first ? {} : { view: next }) }, replace: true });
  return <Tabs label={label} tabs={tabs} open={id} onOpen={onChange} />;
}
