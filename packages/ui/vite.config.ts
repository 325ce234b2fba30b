import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** `vite build` writes the page that the server serves; `vite` serves it while it is worked on, over a running server's API. */
export default defineConfig({
  plugins: [react(), tailwind()],
  build: {
    target: "es2022",
    // The page's policy allows no data: scripts or styles; small files stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
