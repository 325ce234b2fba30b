import { clsx } from "clsx";
import type { ReactNode } from "react";
import { ApiError } from "../api/client.ts";

const TONES = {
  info: "border-line bg-sunken",
  warn: "border-warn/40 bg-warn-soft",
  bad: "border-bad/40 bg-bad-soft",
};

/** Something to know before going on. Bad news is announced. */
export function Notice({
  tone = "info",
  title,
  children,
}: {
  tone?: keyof typeof TONES;
  title: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div
      role={tone === "bad" ? "alert" : "note"}
      className={clsx("min-w-0 rounded border px-3 py-2", TONES[tone])}
    >
      <p className="font-medium wrap-anywhere">{title}</p>
      {children !== undefined && (
        <div className="mt-0.5 text-small text-ink-soft wrap-anywhere">{children}</div>
      )}
    </div>
  );
}

/** What went wrong, in the server's words, field by field, and a way to try again where that may help. */
export function ErrorNotice({ error, retry }: { error: Error; retry?: () => void }) {
  const fields = error instanceof ApiError ? (error.problem?.errors ?? []) : [];
  return (
    <Notice tone="bad" title={error.message}>
      {(fields.length > 1 || retry !== undefined) && (
        <>
          <ul>
            {fields.length > 1 &&
              fields.map(({ path, message }) => (
                <li key={path + message}>
                  <span className="name">{path}</span>: {message}
                </li>
              ))}
          </ul>
          {retry !== undefined && (
            <button type="button" className="font-medium text-accent underline" onClick={retry}>
              Try again
            </button>
          )}
        </>
      )}
    </Notice>
  );
}
