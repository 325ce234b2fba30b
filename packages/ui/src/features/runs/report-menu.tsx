import { useMutation } from "@tanstack/react-query";
import { ChevronDown, Download } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { saveAnswer } from "../../api/save-file.ts";

const FORMATS = [
  { format: "html", label: "HTML, to read and to send" },
  { format: "md", label: "Markdown" },
  { format: "json", label: "JSON, for scripts" },
] as const;

/** The report of a run as a file. */
export function ReportMenu({ id }: { id: string }) {
  const { mutate, isPending, error } = useMutation({
    mutationFn: (format: string) =>
      saveAnswer(`/api/clone/${encodeURIComponent(id)}/report?format=${format}`, `clone-xs-${id}.${format}`),
  });
  return (
    <>
      {error !== null && <span className="self-center text-small text-bad">{error.message}</span>}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          disabled={isPending}
          className="inline-flex h-8 items-center gap-1.5 rounded border border-line-strong/60 bg-surface px-3 font-medium hover:border-ink-soft disabled:text-ink-faint"
        >
          <Download className="size-3.5" aria-hidden />
          Report
          <ChevronDown className="size-3.5 text-ink-faint" aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={4}
            className="z-30 min-w-52 rounded border border-line bg-surface py-1 shadow-[0_8px_24px_-8px_rgb(0_0_0/0.25)]"
          >
            {FORMATS.map(({ format, label }) => (
              <DropdownMenu.Item
                key={format}
                onSelect={() => mutate(format)}
                className="cursor-pointer px-3 py-1.5 outline-none data-highlighted:bg-accent-soft"
              >
                {label}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </>
  );
}
