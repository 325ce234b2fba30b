import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** What this is about, in a sentence; read out with the title. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A question that must be answered before anything else. Escape and a click beside it close it. */
export function Dialog({ open, onClose, title, note, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 bg-ink/30" />
        <Radix.Content
          {...(note === undefined ? { "aria-describedby": undefined } : {})}
          className="fixed top-[12vh] left-1/2 z-40 max-h-[76vh] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 overflow-y-auto rounded border border-line bg-surface p-4 shadow-[0_16px_48px_-16px_rgb(0_0_0/0.4)]"
        >
          <Radix.Title className="text-lead font-semibold tracking-tight">{title}</Radix.Title>
          {note !== undefined && <Radix.Description className="mt-1 text-ink-soft">{note}</Radix.Description>}
          <div className="mt-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
