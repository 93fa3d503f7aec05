/** Runs out when nothing happens for a while. It only counts while someone waits: a slow reader is no stall. */
export class StallWatch {
  readonly #milliseconds: number;
  readonly #onStall: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number, onStall: () => void) {
    this.#milliseconds = milliseconds;
    this.#onStall = onStall;
  }

  /** Counts from the beginning. */
  start(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onStall, this.#milliseconds);
  }

  /** Counts from the beginning if it was counting. */
  extend(): void {
    this.#timer?.refresh();
  }

  pause(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
