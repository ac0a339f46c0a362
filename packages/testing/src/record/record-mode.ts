import { ConfigurationError } from "@connectry/core";

/**
 * What a recorder does with requests: `record` sends each one and replaces the file, `replay` sends none, and `auto` replays what the
 * file has and records what it lacks.
 */
export type RecordMode = "record" | "replay" | "auto";

const isOn = (value: string | undefined) => value !== undefined && !/^(|0|false|no|off)$/i.test(value);

/**
 * The mode that applies: `CONNECTRY_RECORD=1` records, whatever the option says. Without it, nothing is recorded where `CI` is set:
 * `auto` is `replay` there, and `record` throws ConfigurationError.
 */
export function resolveRecordMode(
  mode: RecordMode,
  { CONNECTRY_RECORD, CI }: Readonly<Record<string, string | undefined>>,
): RecordMode {
  if (!["record", "replay", "auto"].includes(mode))
    throw new ConfigurationError(`mode must be "record", "replay" or "auto", got ${JSON.stringify(mode)}`);
  if (isOn(CONNECTRY_RECORD)) return "record";
  if (!isOn(CI)) return mode;
  if (mode === "record") {
    throw new ConfigurationError(
      'mode "record" would send requests in CI: use "replay" or "auto" there, or set CONNECTRY_RECORD=1',
    );
  }
  return "replay";
}
