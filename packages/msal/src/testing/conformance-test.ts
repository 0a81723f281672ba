/**
 * One rule of a contract, as a test for whatever test runner there is: it passes when `run` resolves, and fails with an
 * error that says what was expected and what came.
 */
export interface ConformanceTest {
  /** The rule, as a sentence. */
  readonly name: string;
  /** Runs the test. Each run stands for itself. */
  readonly run: () => Promise<void>;
}

/** Fails the test that runs unless the condition holds. */
export function check(condition: boolean, expectation: string, found: unknown): asserts condition {
  if (!condition) throw new Error(`Expected ${expectation}, found ${shown(found)}.`);
}

/** What it rejects with; the test that runs fails when it resolves. */
export async function rejectionOf(promise: Promise<unknown>, expectation: string): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`Expected ${expectation}, found ${shown(value)}.`);
}

/** Values of real brokers are secrets: of an object only the names are shown. */
function shown(value: unknown): string {
  if (value instanceof Error) return `the error "${value.message}"`;
  if (typeof value === "object" && value !== null)
    return `an object with ${Object.keys(value).join(", ") || "nothing"}`;
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
