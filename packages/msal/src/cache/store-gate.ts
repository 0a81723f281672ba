import { abortedError } from "../error/aborted.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { MsalError } from "../error/msal-error.ts";
import { redactCause } from "../error/redact.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Logger } from "../runtime/logger.ts";

/** Milliseconds for which a store that failed is left alone: each call would wait for the next failure. */
export const PAUSE = 1000;

/** Stands between an application and its store, and knows whether that can be reached. */
export interface StoreGate {
  /** Whether the store is worth asking now. */
  readonly isOpen: boolean;
  /**
   * Asks the store. `undefined` in place of an answer means that it failed, now or a moment ago: the application goes
   * on with what it has in memory. One call in a while finds out whether it is back, and the others do not wait for it.
   * Each outage is one warning. Rejects with `aborted` when `signal` has, and with what the store says cannot be mended
   * by trying again.
   */
  ask<T>(question: () => Promise<T>, signal?: AbortSignal): Promise<{ readonly answer: T } | undefined>;
  /** The store has answered, though the question that it was asked goes on. */
  answered(): void;
  /** Whoever asks next asks the store, although it failed a moment ago. */
  retry(): void;
}

/** What {@link createStoreGate} takes. */
export interface StoreGateParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called when the store answers again after it had failed. */
  readonly onReturn: () => void;
}

/** Makes the gate of one store. */
export function createStoreGate({ clock, logger, onReturn }: StoreGateParts): StoreGate {
  let failedAt: number | undefined;
  const isOpen = (): boolean => failedAt === undefined || clock.now() - failedAt >= PAUSE;
  const fail = (error: unknown): undefined => {
    if (failedAt === undefined) {
      logger.warn?.(`The token store failed, so tokens are kept in memory until it is back: ${reasonOf(error)}`);
    }
    failedAt = clock.now();
  };
  const succeed = (): void => {
    if (failedAt === undefined) return;
    failedAt = undefined;
    logger.warn?.("The token store is back.");
    onReturn();
  };
  return {
    get isOpen() {
      return isOpen();
    },
    async ask(question, signal) {
      if (signal?.aborted) throw abortedError(signal);
      if (!isOpen()) return undefined;
      if (failedAt !== undefined) failedAt = clock.now();
      try {
        const answer = await question();
        succeed();
        return { answer };
      } catch (error) {
        // Who ends a call says nothing about the store.
        if (signal?.aborted) throw abortedError(signal);
        // Nor does what no later try would mend: going on in memory would hide it.
        if (isFinal(error)) throw error;
        return fail(error);
      }
    },
    answered: succeed,
    retry() {
      if (failedAt !== undefined) failedAt = -Infinity;
    },
  };
}

function isFinal(error: unknown): boolean {
  return error instanceof MsalArgumentError || (error instanceof MsalError && !error.retryable);
}

/** A store's own error may quote what it was given to keep. */
function reasonOf(error: unknown): string {
  const clean = redactCause(error);
  return clean instanceof Error ? `${clean.name}: ${clean.message}` : "unknown reason";
}
