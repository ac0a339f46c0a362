/** Whether a version is newer than another, by the precedence of https://semver.org/#spec-item-11. */
export function isNewer(version: string, other: string): boolean {
  const [left, right] = [parseVersion(version), parseVersion(other)];
  for (const [index, part] of left.numbers.entries()) {
    const difference = part - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  // A release is newer than its prereleases.
  if (left.prerelease.length === 0 || right.prerelease.length === 0)
    return left.prerelease.length < right.prerelease.length;
  for (const [index, leftPart] of left.prerelease.entries()) {
    const rightPart = right.prerelease[index];
    if (rightPart === undefined) return true;
    if (leftPart === rightPart) continue;
    const [leftNumber, rightNumber] = [Number(leftPart), Number(rightPart)];
    const areNumbers = { left: !Number.isNaN(leftNumber), right: !Number.isNaN(rightNumber) };
    if (areNumbers.left && areNumbers.right) return leftNumber > rightNumber;
    // Numbers have a lower precedence than words.
    return areNumbers.left === areNumbers.right ? leftPart > rightPart : areNumbers.right;
  }
  return false;
}

function parseVersion(version: string): {
  readonly numbers: readonly number[];
  readonly prerelease: readonly string[];
} {
  // The build metadata after "+" has no precedence.
  const [core = "", ...rest] = (version.split("+")[0] ?? "").split("-");
  const prerelease = rest.join("-");
  return { numbers: core.split(".").map(Number), prerelease: prerelease === "" ? [] : prerelease.split(".") };
}
