import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { setToken } from "../api/client.ts";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/field.tsx";

/** Asks for the server's token. It stays in this page's memory and is gone when the page is closed. */
export function TokenGate() {
  const [text, setText] = useState("");
  const client = useQueryClient();
  return (
    <form
      className="mx-auto mt-10 max-w-sm"
      onSubmit={(event) => {
        event.preventDefault();
        setToken(text.trim());
        void client.invalidateQueries();
      }}
    >
      <h1 className="text-title font-semibold tracking-tight">This server asks for a token</h1>
      <p className="mt-2 mb-4 text-ink-soft">It was printed where the server was started.</p>
      <TextField
        label="Token"
        type="password"
        value={text}
        onChange={setText}
        hint="Kept in this page only; asked for again after a reload."
      />
      <Button type="submit" look="primary" className="mt-4" disabled={text.trim() === ""}>
        Continue
      </Button>
    </form>
  );
}
