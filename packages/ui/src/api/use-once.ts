import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";

export interface Once<Input> {
  /** Sends, unless something was sent before and has not failed. */
  readonly send: (input: Input) => void;
  readonly sent: boolean;
  readonly error: Error | null;
}

/**
 * A call that must not be made twice. A second click can come before the button is drawn as disabled, so it is the hand that is
 * held, not the button. What has failed can be sent again.
 */
export function useOnce<Input, Output>(
  call: (input: Input) => Promise<Output>,
  onSuccess?: (output: Output) => Promise<void>,
): Once<Input> {
  const held = useRef(false);
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: call,
    // What was sent and answered may be secret: it goes when whoever asked has gone.
    gcTime: 0,
    onError: () => {
      held.current = false;
    },
    ...(onSuccess === undefined ? {} : { onSuccess }),
  });
  const send = (input: Input) => {
    if (held.current) return;
    held.current = true;
    mutate(input);
  };
  return { send, sent: isPending || isSuccess, error };
}
