import { useEffect } from "react";

const PRODUCT = "Clone-Xs";

/** Says in the browser's tab what the page is about; when the page goes, so does what it said. Without a text: says nothing. */
export function useTitle(text: string | undefined): void {
  useEffect(() => {
    if (text === undefined) return;
    document.title = `${text} · ${PRODUCT}`;
    return () => {
      document.title = PRODUCT;
    };
  }, [text]);
}
