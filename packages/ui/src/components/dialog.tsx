import { type ReactNode, useEffect, useId, useRef } from "react";

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** What this is about, in a sentence; read out with the title. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A question that must be answered before anything else. Escape and a click beside it close it. The browser's own dialog: it keeps the
 * focus and makes the rest inert without styles of its own, which the content security policy forbids.
 */
export function Dialog({ open, ...shown }: DialogProps) {
  return open ? <OpenDialog {...shown} /> : null;
}

function OpenDialog({ onClose, title, note, children }: Omit<DialogProps, "open">) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={note === undefined ? undefined : `${id}-note`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className="fixed top-[12vh] mx-auto mt-0 max-h-[76vh] w-[min(34rem,calc(100vw-2rem))] overflow-y-auto rounded border border-line bg-surface text-base text-ink shadow-[0_16px_48px_-16px_rgb(0_0_0/0.4)] backdrop:bg-[rgb(0_0_0/0.45)]"
    >
      <div className="p-4">
        <h2 id={`${id}-title`} className="text-lead font-semibold tracking-tight">
          {title}
        </h2>
        {note !== undefined && (
          <p id={`${id}-note`} className="mt-1 text-ink-soft">
            {note}
          </p>
        )}
        <div className="mt-4">{children}</div>
      </div>
    </dialog>
  );
}
