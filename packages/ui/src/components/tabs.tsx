import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface Tab {
  readonly id: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly initial?: string;
  /** The open tab and who hears of another, where somebody else keeps it. */
  readonly open?: string;
  readonly onOpen?: (id: string) => void;
}

export function Tabs({ label, tabs, initial, open, onOpen }: TabsProps) {
  const kept = open === undefined ? { defaultValue: initial ?? tabs[0]?.id ?? "" } : { value: open };
  return (
    <Radix.Root {...kept} {...(onOpen === undefined ? {} : { onValueChange: onOpen })}>
      <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map(({ id, label }) => (
          <Radix.Trigger
            key={id}
            value={id}
            className="-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2 font-medium whitespace-nowrap text-ink-soft -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ id, content }) => (
        <Radix.Content key={id} value={id} className="pt-3">
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
