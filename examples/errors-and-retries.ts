/** What can go wrong, sorted by who can mend it. */
import { setTimeout as wait } from "node:timers/promises";
import { type ConfidentialClientApplication, MsalError } from "msal-ts";

export interface Settings {
  app: ConfidentialClientApplication;
  scope: string;
  /** How often to try at most. */
  attempts: number;
  /** Milliseconds before the second try; doubled each time. */
  firstDelay: number;
}

/** Gives a token and tries again where that may help. */
export async function getToken({ app, scope, attempts, firstDelay }: Settings): Promise<string | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await app.acquireTokenForClient([scope]);
      if (!("error" in result)) return result.access_token;

      // The identity provider said no: a wrong secret, a missing permission. Trying again changes nothing.
      const { error_codes: numbers = [], error_description: reason = result.error, trace_id } = result;
      throw new Error(numbers.includes(7_000_222) ? "The client secret has expired: make a new one." : reason, {
        cause: { trace_id }, // What the support asks for first.
      });
    } catch (error) {
      // A TypeError is a mistake in the program, such as a misspelt option: it must not be retried but mended.
      if (!(error instanceof MsalError) || !error.retryable || attempt >= attempts) throw error;
      const delay = error.retryAfter === undefined ? firstDelay * 2 ** (attempt - 1) : error.retryAfter * 1000;
      await wait(delay);
    }
  }
}
