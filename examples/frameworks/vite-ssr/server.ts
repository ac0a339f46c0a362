// Vite, rendered on the server: vite build, vite build --ssr src/entry-server.ts --outDir dist/server, node server.ts
import { readFile } from "node:fs/promises";
import express from "express";

// By a variable, because the build writes it.
const entry = "./dist/server/entry-server.js";
const { render } = (await import(entry)) as typeof import("./src/entry-server.ts");
const template = await readFile(new URL("dist/index.html", import.meta.url), "utf8");

const app = express();
app.use("/assets", express.static(new URL("dist/assets", import.meta.url).pathname));
app.get("/", async (_request, response) => {
  const closed = new AbortController();
  response.on("close", () => closed.abort());
  const html = await render(closed.signal);
  response.type("html").send(template.replace("<!--app-->", () => html));
});
app.listen(Number(process.env.PORT ?? 3000));
