import { filesBelow } from "./acme-project.js";
import { type CliOptions, runCli } from "./run-cli.js";
import { sampleDocument, sampleWith } from "./sample-document.js";
import { tempFolder } from "./temp-folder.js";

/** The text of a document with a server and a credential. */
export const document = sampleWith({
  servers: [{ url: "https://api.acme.test" }],
  security: [{ key: [] }],
  components: {
    schemas: JSON.parse(sampleDocument).components.schemas,
    securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
  },
});

/** The files of a project, without caches. */
export async function ownFiles(cwd: string): Promise<Record<string, string>> {
  return Object.fromEntries(Object.entries(await filesBelow(cwd)).filter(([path]) => !/^\.(cache|npm)\//.test(path)));
}

/** Runs `connectry add` in a new folder with the document and other files. */
export async function addTo(files: Record<string, string>, argv: readonly string[], options: Partial<CliOptions> = {}) {
  const cwd = await tempFolder({ "openapi.json": document, ...files });
  const run = await runCli(["add", ...argv], { cwd, ...options });
  return { cwd, run, files: await ownFiles(cwd) };
}
