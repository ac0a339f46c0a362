import type { Clock } from "../platform/clock.js";
import { ThrottleState } from "../rate-limit/throttle-state.js";
import type { PauseChannel, PauseTarget } from "./pause-channel.js";

// Where another process pauses for longer, Redis gives no permits.
const longestPauseMs = 60_000;

/** What a shared throttle works with. */
export interface SharedThrottleContext {
  readonly pauses: PauseChannel;
  readonly target: Promise<PauseTarget>;
  readonly clock: Clock;
  /** Called at the beginning of each pause, also one that another process reports. */
  readonly onPause: () => void;
}

/** A throttle state whose pauses apply to all processes. */
export class SharedThrottle extends ThrottleState {
  private readonly context: SharedThrottleContext;

  constructor(context: SharedThrottleContext) {
    super();
    this.context = context;
    const { pauses, target, clock, onPause } = context;
    const listener = (pauseMs: number) => {
      onPause();
      super.pause(Math.min(pauseMs, longestPauseMs), clock.monotonic());
    };
    void target.then((known) => pauses.listen(known, listener));
  }

  override pause(pauseMs: number, nowMs: number): void {
    const { pauses, target, onPause } = this.context;
    super.pause(pauseMs, nowMs);
    onPause();
    void target.then((known) => pauses.pause(known, pauseMs));
  }

  override endProbe(sentAtMs: number): boolean {
    const { pauses, target } = this.context;
    const isEnded = super.endProbe(sentAtMs);
    if (isEnded) void target.then((known) => pauses.endProbe(known));
    return isEnded;
  }
}
