import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, letIn } from "../api/client.ts";
import { becomes, signIn } from "../api/session.ts";
import { useOnce } from "../api/use-once.ts";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/field.tsx";
import { ErrorNotice } from "../components/notice.tsx";
import { useTitle } from "../components/use-title.ts";

/** Asks for a token, and shows it to the server once: the page keeps it nowhere. */
export function TokenGate() {
  const [text, setText] = useState("");
  const client = useQueryClient();
  useTitle("Sign in");
  const { send, sent, error } = useOnce(signIn, async (who) => {
    becomes(client, who);
    letIn();
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "") send(text.trim());
  };
  const wrong = error instanceof ApiError && error.problem?.status === 401;
  return (
    <form className="mx-auto mt-10 max-w-sm lg:mt-20" onSubmit={onSubmit} aria-label="Sign in">
      <h1 className="text-title font-semibold tracking-tight">Sign in</h1>
      <p className="mt-1 mb-5 text-ink-soft">
        This server asks for a token. An administrator makes one under Settings, Access; the first was printed
        where the server was started.
      </p>
      <TextField
        label="Token"
        type="password"
        className="name"
        value={text}
        onChange={setText}
        autoFocus
        error={wrong ? error.message : undefined}
        hint="The page does not keep it. You stay signed in until you sign out, or for 12 hours without use."
      />
      {error !== null && !wrong && (
        <div className="mt-3">
          <ErrorNotice error={error} />
        </div>
      )}
      <Button type="submit" look="primary" className="mt-4" disabled={sent || text.trim() === ""}>
        {sent ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
