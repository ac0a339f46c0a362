/** Whether a text contains a character more than `limit` times. Stops there. */
export function hasMore(text: string, character: string, limit: number): boolean {
  let at = -1;
  for (let count = 0; count <= limit; count += 1) {
    at = text.indexOf(character, at + 1);
    if (at < 0) return false;
  }
  return true;
}
