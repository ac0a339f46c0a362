import { join } from "node:path";
import type { PublicPackage } from "../public-packages.ts";
import { describeExports } from "./describe-symbol.ts";
import { findReachable } from "./find-reachable.ts";
import { isGenerated, loadDeclarations } from "./load-declarations.ts";

type Target = NonNullable<PublicPackage["exports"]>[string];

/** The declarations of an entry: those that its other format re-exports, where it has two. */
function typesOf(target: Target): string | undefined {
  if (typeof target === "string") return undefined;
  return target.require?.types ?? target.types;
}

function needs(title: string, group: Readonly<Record<string, string>> | undefined): string[] {
  const names = Object.keys(group ?? {}).sort();
  return names.length === 0 ? [] : [`${title}: ${names.join(", ")}`];
}

/** The public API of a built package as text: its requirements, its commands, and all exports of each entry point. */
export function describePackage(workspace: string, manifest: PublicPackage): string {
  const { name, folder, bin, engines, dependencies, peerDependencies } = manifest;
  const at = (file: string) => join(workspace, folder, file);
  const entries = Object.entries(manifest.exports ?? {}).map(([subpath, target]) => {
    const types = typesOf(target);
    return { title: join(name, subpath), types: types === undefined ? undefined : at(types) };
  });
  const program = loadDeclarations(entries.flatMap(({ types }) => types ?? []));
  const checker = program.getTypeChecker();
  const moduleOf = (file: string) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${name} has no declarations at ${file}: build it first.`);
    return module;
  };

  const head = [
    `# The public API of ${name}, written by \`pnpm api-surface\`: read what changes in it.`,
    ...Object.entries(engines ?? {}).map(([engine, range]) => `engine: ${engine} ${range}`),
    ...needs("dependencies", dependencies),
    ...needs("peer dependencies", peerDependencies),
    ...Object.keys(bin ?? {}).map((command) => `command: ${command}`),
  ].join("\n");
  const sections = entries.map(({ title, types }) => {
    if (types === undefined) return `## ${title}\n\n(files)`;
    if (isGenerated(types)) return `## ${title}\n\n(generated: specs/*/surface.txt lists it)`;
    return [`## ${title}`, ...describeExports(moduleOf(types), checker)].join("\n\n");
  });
  const own = entries.flatMap(({ types }) => (types === undefined || isGenerated(types) ? [] : [moduleOf(types)]));
  const reachable = findReachable(own, checker);
  if (reachable.length > 0) sections.push(["## Not exported, and part of what is", ...reachable].join("\n\n"));
  return `${[head, ...sections].join("\n\n")}\n`;
}

/** The file that holds a package's surface, relative to the workspace: `packages/core/api-surface.txt`. */
export const surfaceFile = ({ folder }: Pick<PublicPackage, "folder">): string => `${folder}/api-surface.txt`;
