import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError } from "./api/client.ts";
import { session } from "./api/session.ts";
import { makeRouter } from "./app/router.tsx";
import "./app.css";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server said stays said; only a server that did not answer is asked again.
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.problem === undefined,
    },
  },
});

// Who asks, and what the address is about, is asked for while the page is being drawn.
void client.prefetchQuery(session);
const router = makeRouter(client);
void router.load();

const page = document.getElementById("page");
if (page === null) throw new Error("index.html has no #page");
createRoot(page).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
