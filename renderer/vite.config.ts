import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    target: "chrome150",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the Content Security Policy allows no data: fonts
    chunkSizeWarningLimit: 2_000, // read from the local disk
  },
});
