import { execFile } from "node:child_process";

/** What a command took, and all processes that it started. */
export interface MeasuredCommand {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly code: number;
  readonly output: string;
}

export interface CommandPlace {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command under `time` of bash, which counts the processor time of everything that it waited for. */
export function measureCommand(
  command: readonly string[],
  { cwd, env = process.env }: CommandPlace,
): Promise<MeasuredCommand> {
  const script = ["-c", 'TIMEFORMAT="measured %R %U %S"; time "$@" 2>&1', "bash", ...command];
  return new Promise((resolve) => {
    execFile("bash", script, { cwd, env, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      const [, real, user, system] = /^measured ([\d.]+) ([\d.]+) ([\d.]+)$/m.exec(stderr) ?? [];
      const milliseconds = (text: string | undefined) => 1_000 * Number(text);
      resolve({
        wallMs: milliseconds(real),
        cpuMs: milliseconds(user) + milliseconds(system),
        code: error === null ? 0 : Number(error.code ?? 1),
        output: stdout,
      });
    });
  });
}
