import type { Badge } from "./measure-badges.ts";

/** Letters are at most this wide in the font of the badges. */
const letter = 7;

/** Badges beside each other as one SVG file, which names no font and no address. */
export function drawBadges(badges: readonly Badge[]): string {
  let x = 0;
  const parts = badges.map(([label, value]) => {
    const [left, right] = [label.length * letter + 12, value.length * letter + 12];
    const at = x;
    x += left + right + 6;
    return `<rect x="${at}" width="${left}" height="20" fill="#444c56"/><rect x="${at + left}" width="${right}" height="20" fill="#0a58b5"/>
<text x="${at + left / 2}" y="14">${label}</text><text x="${at + left + right / 2}" y="14">${value}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${x - 6}" height="20" role="img" font-family="Verdana, sans-serif" font-size="11" fill="#fff" text-anchor="middle">
<title>${badgesText(badges)}</title>
${parts.join("\n")}
</svg>
`;
}

/** The badges in words, for the text of the image. */
export const badgesText = (badges: readonly Badge[]): string =>
  badges.map(([label, value]) => `${label}: ${value}`).join(", ");
