import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";

/** A link to an address of the page that the server names; it is followed without loading the page anew. */
export function PageLink({
  page,
  className,
  children,
}: {
  page: string;
  className: string;
  children: ReactNode;
}) {
  const router = useRouter();
  const follow = (event: MouseEvent) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    router.history.push(page);
  };
  return (
    <a href={page} className={className} onClick={follow}>
      {children}
    </a>
  );
}
