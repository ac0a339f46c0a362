/**
 * Tells when a sequence of cursors goes in a circle, in constant memory (Brent, 1980): each is compared with a mark,
 * and the mark moves on whenever the distance to it has doubled.
 */
export function createLoopGuard(): (cursor: string) => boolean {
  let mark: string | undefined;
  let distance = 0;
  let power = 1;
  return (cursor) => {
    if (cursor === mark) return true;
    distance += 1;
    if (distance === power || !mark) {
      mark = cursor;
      power *= 2;
      distance = 0;
    }
    return false;
  };
}
