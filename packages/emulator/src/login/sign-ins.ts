import type { Clock } from "../clock.ts";
import type { EmulatorApp, EmulatorUser, TenantReference } from "../directory.ts";
import { entraError } from "../errors.ts";
import type { Place } from "../place.ts";
import type { ScopeRequest } from "../scopes.ts";
import type { DeviceRequest } from "../state/device-codes.ts";
import { createHandle } from "../state/handles.ts";
import type { BrowserSession, SignedIn } from "../state/sessions.ts";
import { sweep } from "../state/sweep.ts";
import type { AuthorizeRequest } from "./authorize-request.ts";

const lifetime = 30 * 60 * 1000;

/** What a sign-in is for: an application in this browser, or a device elsewhere. */
export type Purpose =
  | { readonly kind: "authorize"; readonly request: AuthorizeRequest }
  | { readonly kind: "device"; readonly device: DeviceRequest };

/** What does not change while the user goes from page to page. */
export interface SignInRequest {
  /** The server that it is at. */
  readonly place: Place;
  readonly tenant: TenantReference;
  readonly client: EmulatorApp;
  readonly scopes: ScopeRequest;
  readonly claims: readonly string[];
  readonly purpose: Purpose;
  readonly prompt: string | undefined;
  readonly loginHint: string | undefined;
  readonly domainHint: string | undefined;
  /** Seconds. */
  readonly maxAge: number | undefined;
}

/** A sign-in under way. Its state stays here; the pages carry its number alone. */
export interface SignIn extends SignInRequest {
  readonly id: string;
  readonly session: BrowserSession;
  readonly startedAt: number;
  /** Who is signing in, once that is known. */
  user: EmulatorUser | undefined;
  /** What they proved, now or earlier in this browser. */
  proof: SignedIn | undefined;
  consented: boolean;
  deviceConfirmed: boolean;
}

/** The sign-ins under way. */
export class SignIns {
  readonly #signIns = new Map<string, SignIn>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(request: SignInRequest, session: BrowserSession): SignIn {
    const now = this.#clock.now();
    sweep(this.#signIns, ({ startedAt }) => now - startedAt > lifetime);
    const signIn: SignIn = {
      ...request,
      id: createHandle("sign-in"),
      session,
      startedAt: now,
      user: undefined,
      proof: undefined,
      consented: false,
      deviceConfirmed: false,
    };
    this.#signIns.set(signIn.id, signIn);
    return signIn;
  }

  /** A form may go on only in the browser where its sign-in began. Throws AADSTS50089. */
  find(id: string | undefined, session: BrowserSession | undefined): SignIn {
    const signIn = this.#signIns.get(id ?? "");
    const expired = signIn !== undefined && this.#clock.now() - signIn.startedAt > lifetime;
    if (signIn === undefined || signIn.session !== session || expired) throw entraError(50089);
    return signIn;
  }

  finish(signIn: SignIn): void {
    this.#signIns.delete(signIn.id);
  }
}
