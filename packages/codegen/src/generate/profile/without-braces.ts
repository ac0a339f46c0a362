/** A URL whose variables, such as `{shop}`, are host names, so that it can be parsed. */
export function withoutBraces(url: string): string {
  return url.replace(/[{}]/g, "_");
}
