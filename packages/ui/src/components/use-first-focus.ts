import { type RefObject, useEffect, useRef } from "react";

/** Takes the keyboard to what has just appeared because somebody asked for it. */
export function useFirstFocus(): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.focus(), []);
  return element;
}
