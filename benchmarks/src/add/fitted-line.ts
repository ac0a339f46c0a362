/** A straight line. */
export interface Line {
  readonly slope: number;
  at(x: number): number;
}

/** The line with the least squares of vertical distances to points. */
export function lineThrough(points: readonly (readonly [x: number, y: number])[]): Line {
  const mean = (pick: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [meanX, meanY] = [mean(([x]) => x), mean(([, y]) => y)];
  const spread = mean(([x]) => (x - meanX) ** 2);
  const slope = spread === 0 ? 0 : mean(([x, y]) => (x - meanX) * (y - meanY)) / spread;
  return { slope, at: (x) => meanY + slope * (x - meanX) };
}
