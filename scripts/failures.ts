/** The part of vitest's JSON report that tells what failed. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** A line for each test that failed, and for each file that failed outside its tests: file, title, the first line of the message. */
export function describeFailures(report: Report, root: string): string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.startsWith(root) ? name.slice(root.length) : name;
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0 && status === "failed") return [`${file}: ${firstLine(message)}`];
    return failed.map((test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages[0] ?? "")}`);
  });
}

/** Reads the lines by which a command names its failures: `failed: ...`. */
export function readFailures(output: string): string[] {
  return [...output.matchAll(/^failed: (.+)$/gm)].map(([, what]) => what as string);
}

const firstLine = (text: string): string => text.trim().split("\n", 1)[0] ?? "";
