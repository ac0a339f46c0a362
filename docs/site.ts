// Builds the site; with `--serve`, also serves it: `npx -y pnpm@12 site`.
import "./src/resolve-sources.ts";

const { buildSite } = await import("./src/build.ts");
const { out, pages, operations } = await buildSite();
console.log(`${pages} pages, ${operations} operations: ${out}`);
if (process.argv.includes("--serve")) {
  const { serveFolder } = await import("./src/serve.ts");
  const { url } = await serveFolder(out, { port: Number(process.env.PORT ?? 4173) });
  console.log(`${url}/index.html`);
}
