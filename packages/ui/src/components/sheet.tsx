import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";

export interface SheetProps {
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly children: ReactNode;
}

/** More about one row, beside the list that it is in: the list stays in reach. Escape closes it. */
export function Sheet({ onClose, title, children }: SheetProps) {
  return (
    <Dialog.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
          className="fixed inset-y-0 right-0 z-30 flex w-full flex-col border-l border-line bg-paper shadow-[-16px_0_48px_-24px_rgb(0_0_0/0.35)] outline-none sm:w-[30rem]"
        >
          <div className="flex items-start gap-3 border-b border-line px-4 py-3">
            <Dialog.Title className="min-w-0 flex-1 text-lead font-semibold tracking-tight wrap-anywhere">
              {title}
            </Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="flex size-7 shrink-0 items-center justify-center rounded text-ink-soft hover:bg-sunken hover:text-ink"
            >
              <X className="size-4" aria-hidden />
            </Dialog.Close>
          </div>
          <div className="min-h-0 flex-1 space-y-5 overflow-y-auto px-4 py-4">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
