import { isAbsolute, resolve } from "node:path";
import { CodegenError } from "../codegen-error.js";

/** Where a document comes from. */
export type Source =
  /** One file of a published npm package; `path` is inside the package. */
  | { readonly kind: "npm"; readonly package: string; readonly version: string; readonly path: string }
  | { readonly kind: "url"; readonly url: string }
  /** A file of the user's own; `path` is absolute. */
  | { readonly kind: "file"; readonly path: string };

// https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string, without its groups
const exactVersion = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
const npmForm = "npm:package@1.2.3/path/in/package.json";

/** Reads the `source` of a document; a relative file path is relative to `folder`. Throws where it cannot be fetched from. */
export function parseSource(text: string, folder: string): Source {
  if (text.startsWith("npm:")) return parseNpm(text);
  if (/^https?:/i.test(text)) return { kind: "url", url: checkUrl(text) };
  // A single letter before the colon is a drive: `C:\specs\acme.yaml`.
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1];
  if (scheme !== undefined) {
    throw new CodegenError(
      `"${text}" has the unknown kind "${scheme}:". Use ${npmForm}, https://... or the path of a file.`,
    );
  }
  return { kind: "file", path: isAbsolute(text) ? text : resolve(folder, text) };
}

/** Refuses a URL over which a document could not be trusted to come unread and unchanged; loopback is for tests. */
export function checkUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new CodegenError(`"${text}" is not a URL.`, [], { cause });
  }
  if (url.username !== "" || url.password !== "") {
    throw new CodegenError(
      `"${url.origin}${url.pathname}" carries a user name or password: a pin is public, so it cannot.`,
    );
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw new CodegenError(`"${text}" is not https. Documents come over https (http only from this machine).`);
  }
  return url.href;
}

function parseNpm(text: string): Source {
  const parts = /^npm:((?:@[^/@\s]+\/)?[^/@\s]+)@([^/\s]+)\/(.+)$/.exec(text);
  if (parts === null) throw new CodegenError(`"${text}" is not of the form ${npmForm}.`);
  const [, name, version, path] = parts as unknown as [string, string, string, string];
  if (!exactVersion.test(version)) {
    throw new CodegenError(
      `"${text}" pins no exact version: "${version}" may be another file tomorrow. Write one like 1.2.3.`,
    );
  }
  if (path.split("/").some((segment) => segment === ".." || segment === "." || segment === "")) {
    throw new CodegenError(`"${text}" does not name a file inside the package.`);
  }
  return { kind: "npm", package: name, version, path };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
