/** How many operations a surface.txt has: those of its documents, or, where it lists no path but the endpoint of GraphQL, the latter's. */
export function countOperations(surface: string): number {
  const count = (pattern: RegExp) => surface.match(pattern)?.length ?? 0;
  const [paths, graphql] = [count(/^[A-Z]+ \//gm), count(/^(?:QUERY|MUTATION) /gm)];
  return paths === 1 && graphql > 0 ? graphql : paths;
}
