import type { Clock } from "../platform/clock.js";
import { forgottenMs } from "../rate-limit/learned-rate.js";
import { ThrottleState } from "../rate-limit/throttle-state.js";
import type { RedisConnection } from "../redis-connection/redis-connection.js";
import type { PauseChannel, PauseTarget } from "./pause-channel.js";

// Where another process pauses for longer, Redis gives no permits.
const longestPauseMs = 60_000;

/** What a shared throttle works with. */
export interface SharedThrottleContext {
  readonly redis: Pick<RedisConnection, "isUp">;
  readonly pauses: PauseChannel;
  readonly target: Promise<PauseTarget>;
  readonly clock: Clock;
  /** Called at the beginning of each pause, also one that another process reports. */
  readonly onPause: () => void;
}

/**
 * A throttle state whose pauses apply to all processes, and after them the rate that all learned together: permits of Redis come at
 * that rate. While Redis is unavailable, calls are sent at the rate that this process learned, which is its part.
 */
export class SharedThrottle extends ThrottleState {
  private readonly context: SharedThrottleContext;
  /** Until when Redis may know a learned rate. */
  private learnedUntilMs = 0;
  /** What Redis knows of the calls that were accepted before this pause. */
  private reported = { untilMs: 0, acceptedPerSecond: 0 };

  constructor(context: SharedThrottleContext) {
    super();
    this.context = context;
    const { pauses, target } = context;
    void target.then((known) => pauses.listen(known, (pauseMs) => this.follow(Math.min(pauseMs, longestPauseMs))));
  }

  /** Pauses because another process does, and reports to Redis what was accepted of this process's calls. */
  private follow(pauseMs: number): void {
    const { pauses, target, clock, onPause } = this.context;
    const nowMs = clock.monotonic();
    onPause();
    super.pause(pauseMs, nowMs);
    this.learnedUntilMs = Math.max(this.learnedUntilMs, nowMs + pauseMs + forgottenMs);
    const acceptedPerSecond = this.acceptedPerSecond(nowMs);
    // Each rejected call of other processes is reported.
    const { untilMs, acceptedPerSecond: known } = this.reported;
    if (acceptedPerSecond <= (nowMs < untilMs ? known : 0)) return;
    this.reported = { untilMs: nowMs + pauseMs, acceptedPerSecond };
    void target.then((own) => pauses.pause(own, 0, acceptedPerSecond));
  }

  override needsPermit(nowMs: number): boolean {
    return super.needsPermit(nowMs) || nowMs < this.learnedUntilMs;
  }

  override pacedUntilMs(): number {
    return this.context.redis.isUp ? 0 : super.pacedUntilMs();
  }

  override pause(pauseMs: number, nowMs: number): void {
    const { pauses, target, onPause } = this.context;
    super.pause(pauseMs, nowMs);
    onPause();
    // After a probe without a response the next call is one, and nothing is learned.
    if (pauseMs <= 0) return;
    this.learnedUntilMs = Math.max(this.learnedUntilMs, nowMs + pauseMs + forgottenMs);
    const acceptedPerSecond = this.acceptedPerSecond(nowMs);
    void target.then((known) => pauses.pause(known, pauseMs, acceptedPerSecond));
  }

  override endProbe(sentAtMs: number): boolean {
    const { pauses, target } = this.context;
    const isEnded = super.endProbe(sentAtMs);
    if (isEnded) void target.then((known) => pauses.endProbe(known));
    return isEnded;
  }
}
