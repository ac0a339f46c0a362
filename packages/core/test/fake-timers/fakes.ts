import { mock } from "node:test";
import { LegacyFakeTimers, ModernFakeTimers } from "@jest/fake-timers";
import FakeTimers from "@sinonjs/fake-timers";
import { ModuleMocker } from "jest-mock";
import { vi } from "vitest";

/** A fake clock of a test library. */
export interface Fake {
  /** Replaces the timers of the platform. */
  install(): void;
  /** Moves time forward. */
  advance(ms: number): unknown;
  /** Runs all timers, also those that timers set, and lets what waits for them run in between; where the library can do so. */
  readonly runAll?: () => unknown;
  remove(): void;
}

// Timers of Node's own that a connection needs: each library is told to leave them.
const network = ["nextTick", "queueMicrotask", "setImmediate", "clearImmediate"] as const;

function vitestFake(options?: Parameters<typeof vi.useFakeTimers>[0]): Fake {
  return {
    install: () => void vi.useFakeTimers(options),
    advance: (ms) => vi.advanceTimersByTimeAsync(ms),
    runAll: () => vi.runAllTimersAsync(),
    remove: () => void vi.useRealTimers(),
  };
}

function sinonFake(options: Parameters<typeof FakeTimers.install>[0]): Fake {
  let clock: ReturnType<typeof FakeTimers.install> | undefined;
  return {
    install() {
      clock = FakeTimers.install(options);
    },
    advance: (ms) => clock?.tickAsync(ms),
    runAll: () => clock?.runAllAsync(),
    remove: () => clock?.uninstall(),
  };
}

const config = { rootDir: ".", testMatch: [] } as never;

function jestFake(options: Parameters<ModernFakeTimers["useFakeTimers"]>[0]): Fake {
  const timers = new ModernFakeTimers({ config, global: globalThis });
  return {
    install: () => timers.useFakeTimers(options),
    advance: (ms) => timers.advanceTimersByTimeAsync(ms),
    runAll: () => timers.runAllTimersAsync(),
    remove: () => timers.useRealTimers(),
  };
}

function jestLegacyFake(): Fake {
  const timers = new LegacyFakeTimers({
    config,
    global: globalThis,
    moduleMocker: new ModuleMocker(globalThis),
    timerConfig: {
      idToRef: (id: number) => ({ id, ref: () => id, unref: () => id }),
      refToId: ({ id }: { id: number }) => id,
    },
  } as never);
  return {
    install: () => timers.useFakeTimers(),
    advance: (ms) => timers.advanceTimersByTime(ms),
    remove: () => timers.useRealTimers(),
  };
}

function nodeFake(apis: readonly string[]): Fake {
  return {
    install: () => mock.timers.enable({ apis: apis as ["setTimeout"] }),
    advance: (ms) => mock.timers.tick(ms),
    remove: () => mock.timers.reset(),
  };
}

/**
 * Each library as it is by default, which does where a test needs no network; but for `nextTick`, by which a worker of vitest sends
 * its messages.
 */
export const fakes: Readonly<Record<string, Fake>> = {
  vitest: vitestFake(),
  "vitest, without `performance`": vitestFake({ toFake: ["setTimeout", "clearTimeout", "Date"] }),
  "@sinonjs/fake-timers": sinonFake({ toNotFake: ["nextTick"] }),
  "jest (modern)": jestFake({ doNotFake: ["nextTick"] } as never),
  "jest (legacy)": jestLegacyFake(),
  "node:test": nodeFake(["setTimeout", "setInterval", "Date"]),
};

/** Each library as the README says that a test with a network configures it. */
export const networkFakes: Readonly<Record<string, Fake>> = {
  vitest: vitestFake({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }),
  "@sinonjs/fake-timers": sinonFake({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }),
  "jest (modern)": jestFake({ doNotFake: [...network] } as never),
  "node:test": nodeFake(["setTimeout", "Date"]),
};
