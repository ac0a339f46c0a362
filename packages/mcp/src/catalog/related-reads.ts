import type { Catalog, CatalogOperation } from "./read-catalog.js";

const isBelow = (path: string, other: string) =>
  other.startsWith(`${path}/`) && /^\/\{[^/]+\}$/.test(other.slice(path.length));

/** The reads that show whether a write was applied: of the same path, of the objects below it, and of what contains it. */
export function relatedReads({ operations }: Catalog, { path }: CatalogOperation): readonly CatalogOperation[] {
  const segments = path.split("/");
  const parents = [segments.slice(0, -1), segments.slice(0, -2)]
    .map((one) => one.join("/"))
    .filter((one) => one !== "");
  const reads = operations.filter(({ method, isAllowed }) => method === "GET" && isAllowed);
  const same = reads.filter((one) => one.path === path);
  const below = reads.filter((one) => isBelow(path, one.path));
  const above = reads.filter((one) => parents.includes(one.path));
  return [...same, ...below, ...above].slice(0, 3);
}
