import { isAbsolute, resolve } from "node:path";
import { CodegenError } from "../errors/codegen-error.js";

/** Where a document is fetched from. */
export type Source =
  /** One file of a published npm package; `path` is inside the package. */
  | { readonly kind: "npm"; readonly package: string; readonly version: string; readonly path: string }
  | { readonly kind: "url"; readonly url: string }
  /** A local file; `path` is absolute. */
  | { readonly kind: "file"; readonly path: string };

// The suggestion of https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string, without groups
const exactVersion =
  /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;
// https://docs.npmjs.com/cli/v11/configuring-npm/package-json#name, and the capital letters of older packages. No ":" or
// "/": npm takes `http:...`, `file:...`, `git+ssh:...` and `github:...` for something to fetch from outside the registry.
const packageName = /^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/i;
const maxPackageName = 214;
const npmFormat = "npm:package@1.2.3/path/in/package.json";

/**
 * Parses the `source` of a document. Relative file paths are relative to `folder`.
 * @throws CodegenError if it is not a file, a safe URL, or an exact version of an npm package.
 */
export function parseSource(text: string, folder: string): Source {
  if (text.startsWith("npm:")) return parseNpm(text);
  if (/^https?:/i.test(text)) return { kind: "url", url: checkUrl(text) };
  // A single letter before the colon is a drive: `C:\specs\acme.yaml`.
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1];
  if (scheme !== undefined) {
    throw new CodegenError(
      `"${text}" has the unknown scheme "${scheme}:". Use ${npmFormat}, https://... or the path of a file.`,
    );
  }
  return { kind: "file", path: resolveLocalPath(text, folder) };
}

/**
 * Resolves the path of a local file, which is relative to `folder` if it is not absolute.
 * @throws CodegenError for a path of another computer or a device: Windows logs in to the host of `\\host\share`.
 */
export function resolveLocalPath(text: string, folder: string): string {
  if (/^[\\/]{2}/.test(text)) {
    throw new CodegenError(`"${text}" is on another computer, or a device. Use the path of a file of this computer.`);
  }
  return isAbsolute(text) ? text : resolve(folder, text);
}

/**
 * Checks that a URL is https, or http on the loopback interface, and returns it normalized.
 * @throws CodegenError for any other URL, and for one with a user name or password.
 */
export function checkUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new CodegenError(`"${text}" is not a URL.`, [], { cause });
  }
  if (url.username !== "" || url.password !== "") {
    throw new CodegenError(`"${url.origin}${url.pathname}" has a user name or password. Remove it: pins are public.`);
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw new CodegenError(`"${text}" is not https. Use https; http is only allowed on this machine.`);
  }
  return url.href;
}

function parseNpm(text: string): Source {
  const parts = /^npm:((?:@[^/@\s]+\/)?[^/@\s]+)@([^/\s]+)\/(.+)$/.exec(text);
  if (parts === null) throw new CodegenError(`"${text}" is not in the format ${npmFormat}.`);
  const [, name, version, path] = parts as unknown as [string, string, string, string];
  if (!packageName.test(name) || name.length > maxPackageName) {
    throw new CodegenError(`"${text}" must name a package of the npm registry, and "${name}" is not a name of one.`);
  }
  if (!exactVersion.test(version)) {
    throw new CodegenError(`"${text}" must name an exact version, such as 1.2.3, got "${version}".`);
  }
  if (path.split("/").some((segment) => segment === ".." || segment === "." || segment === "")) {
    throw new CodegenError(`"${text}" must name a file inside the package.`);
  }
  return { kind: "npm", package: name, version, path };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
