// The pieces of our pictures. They have a background of their own, so that they can be read in a dark theme, too.
import { escapeHtml } from "../markdown.ts";

/** A picture of a size, described in words. */
export function svg(
  size: { readonly width: number; readonly height: number },
  title: string,
  parts: readonly string[],
): string {
  const { width, height } = size;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="13">
<title>${escapeHtml(title)}</title>
<rect width="${width}" height="${height}" fill="#fff"/>
${parts.join("\n")}
</svg>
`;
}

/** Where a shape is. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A filled rectangle. */
export const box = ({ x, y, width, height }: Box, fill: string) =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="4" fill="${fill}"/>`;

/** A line of text; `anchor` is where `x` is in it. */
export const label = (
  text: string,
  at: { readonly x: number; readonly y: number; readonly anchor?: "start" | "middle" | "end" },
) =>
  `<text x="${round(at.x)}" y="${round(at.y)}" text-anchor="${at.anchor ?? "start"}" fill="#1a1d21">${escapeHtml(text)}</text>`;

const round = (value: number) => Math.round(value * 10) / 10;
