import { groups } from "../faults/all-faults.ts";
import type { Cell } from "../run/run-all.ts";

const side = 9;
const left = 210;
const top = 118;
const gap = 6;

const colors = { all: "#2f9e63", some: "#e8b93c", wrong: "#cf4436", none: "#e4e6ea" };

function colorOf(cell: Cell | undefined): string {
  if (cell === undefined) return colors.none;
  if (cell.checks.every(({ met }) => met)) return colors.all;
  return cell.checks.some(({ name, met }) => name === "outcome" && !met) ? colors.wrong : colors.some;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** All cells as one picture: a row for each client, a column for each fault. */
export function picture(cells: readonly Cell[]): string {
  const subjects = [...new Set(cells.map(({ subject }) => subject))];
  const shapes: string[] = [];
  let x = left;
  for (const { title, faults } of groups) {
    shapes.push(`<text transform="translate(${x + 8} ${top - 8}) rotate(-35)">${escaped(title)}</text>`);
    for (const fault of faults) {
      for (const [index, subject] of subjects.entries()) {
        const cell = cells.find((one) => one.subject === subject && one.fault === fault);
        const y = top + index * (side + 3);
        const met = cell
          ? `${cell.checks.filter((check) => check.met).length} of ${cell.checks.length} checks met`
          : "not called";
        shapes.push(
          `<rect x="${x}" y="${y}" width="${side - 1}" height="${side + 1}" fill="${colorOf(cell)}"><title>${escaped(`${subject.name}, ${fault.id}: ${met}`)}</title></rect>`,
        );
      }
      x += side;
    }
    x += gap;
  }
  const names = subjects.map(
    ({ name }, index) =>
      `<text x="${left - 8}" y="${top + index * (side + 3) + 8}" text-anchor="end">${escaped(name)}</text>`,
  );
  const bottom = top + subjects.length * (side + 3) + 18;
  const legend = [
    [colors.all, "all checks met"],
    [colors.some, "the outcome, and not all checks"],
    [colors.wrong, "not the outcome"],
    [colors.none, "not called"],
  ].map(
    ([color, text], index) =>
      `<rect x="${left + index * 200}" y="${bottom - 9}" width="9" height="10" fill="${color}"/><text x="${left + index * 200 + 14}" y="${bottom}">${text}</text>`,
  );
  const [width, height] = [x + 40, bottom + 14];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="10" role="img" aria-label="Checks that each client meets before each fault">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...names,
    ...shapes,
    ...legend,
    "</svg>",
    "",
  ].join("\n");
}
