import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import type { Json } from "./sample-page.ts";

/** What a client sends its requests with. */
export type Fetch = (
  url: string,
  init: { readonly method: string; readonly headers?: HeadersInit; readonly body?: unknown },
) => Promise<Response>;
type Call = (path: string, init: object) => Promise<{ readonly data: unknown }>;

/** A client of a generated connector. */
export interface Client {
  /** Calls by method, `GET`. */
  readonly [method: Uppercase<string>]: Call | undefined;
  paginate(path: string, init: object): AsyncIterable<unknown>;
}

/** What a trial takes from a generated connector. */
export interface Connector {
  readonly createAcme: (options: object) => Client;
  readonly profile: { readonly auth: Json };
  readonly facts: { readonly pages: Record<string, Json> };
}

/** A credential of the form that the connector takes. */
export function authOf({ auth }: Connector["profile"]): unknown {
  if (auth.kind !== "basic") return "key";
  const [username, password] = [auth.username as Json, auth.password as Json];
  return { [String(username.name)]: "user", [String(password.name)]: "secret" };
}

/** The connector in one file: it need not compile to be tried. */
export async function bundleConnector(folder: string): Promise<Connector> {
  const program = join(folder, "src/walk.ts");
  await writeFile(
    program,
    'export { createAcme } from "./acme/index.js";\nexport { profile } from "./acme/profile.js";\nexport { facts } from "./acme/generated/facts.js";\n',
  );
  const build = await rolldown({
    input: program,
    platform: "node",
    resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
  });
  await build.write({ dir: join(folder, "walk"), format: "esm", entryFileNames: "[name].mjs" });
  return (await import(pathToFileURL(join(folder, "walk/walk.mjs")).href)) as Connector;
}
