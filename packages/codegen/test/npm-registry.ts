import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { create } from "tar";
import { type LocalServer, serve } from "./local-server.js";
import { tempFolder } from "./temp-folder.js";

/** A package in the registry of a test. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  readonly tarball: Buffer;
  readonly integrity: string;
}

/** Packs files into a real npm tarball. */
export async function publish(
  name: string,
  version: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<PublishedPackage> {
  const folder = await tempFolder(
    Object.fromEntries(
      Object.entries({ "package.json": JSON.stringify({ name, version }), ...files }).map(([path, content]) => [
        `package/${path}`,
        content,
      ]),
    ),
  );
  await create({ cwd: folder, gzip: true, file: join(folder, "package.tgz"), portable: true }, ["package"]);
  const tarball = await readFile(join(folder, "package.tgz"));
  return { name, version, tarball, integrity: integrityOf(tarball) };
}

/** The integrity of a tarball, in npm's format. */
export function integrityOf(tarball: Uint8Array): string {
  return `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
}

/** How a registry differs from a public one that works. */
export interface RegistryOptions {
  /** Requests without this bearer token get a 401. */
  readonly token?: string;
  /** Replaces each tarball before it is sent. */
  readonly tamper?: (tarball: Buffer) => Buffer;
}

/** Responds like an npm registry with these packages. */
export function registryHandler(packages: readonly PublishedPackage[], options: RegistryOptions = {}): RequestListener {
  return (request, response) => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const path = decodeURIComponent(url.pathname).slice(1);
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
      response.writeHead(401).end("{}");
      return;
    }
    const found = packages.find(({ name, version }) => path === `${name}/-/${version}.tgz`);
    if (found !== undefined) {
      response
        .writeHead(200, { "content-type": "application/octet-stream" })
        .end((options.tamper ?? ((same) => same))(found.tarball));
      return;
    }
    const versions = packages.filter(({ name }) => name === path);
    if (versions.length === 0) {
      response.writeHead(404).end("{}");
      return;
    }
    const manifests = versions.map(({ name, version, integrity }) => {
      return [version, { name, version, dist: { integrity, tarball: `${url.origin}/${name}/-/${version}.tgz` } }];
    });
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        name: path,
        "dist-tags": { latest: versions.at(-1)?.version },
        versions: Object.fromEntries(manifests),
      }),
    );
  };
}

/** Serves packages like an npm registry, on a local port, until the test ends. */
export async function serveRegistry(
  packages: readonly PublishedPackage[],
  options?: RegistryOptions,
): Promise<LocalServer> {
  return serve(registryHandler(packages, options));
}
