import { randomInt } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { EmulatorApp, TenantReference } from "../directory.ts";
import { entraError } from "../errors.ts";
import type { Place } from "../place.ts";
import type { ScopeRequest } from "../scopes.ts";
import { createHandle } from "./handles.ts";
import type { SignInGrant } from "./sign-in-grant.ts";
import { sweep } from "./sweep.ts";

/** Seconds, as the answer states them. */
export const deviceCodeLifetime = 900;
export const deviceCodeInterval = 5;

/** How long a device code is remembered, in milliseconds, so that a late device learns how it ended. */
const memory = 24 * 60 * 60 * 1000;

/** No vowels and no look-alikes: nobody has to guess, and no word appears. */
const userCodeLetters = "BCDFGHJKLMNPQRSTVWXZ";

type Outcome =
  { kind: "pending" } | { kind: "declined" } | { kind: "redeemed" } | { kind: "approved"; grant: SignInGrant };

/** One device that waits for its user. */
export interface DeviceRequest {
  readonly deviceCode: string;
  readonly userCode: string;
  /** The server that it asked. */
  readonly place: Place;
  readonly client: EmulatorApp;
  readonly tenant: TenantReference;
  readonly scopes: ScopeRequest;
  readonly issuedAt: number;
  /** Milliseconds between two polls; grows when the device polls too fast. */
  interval: number;
  lastPoll: number | undefined;
  outcome: Outcome;
}

/** The devices that wait (RFC 8628). */
export class DeviceCodes {
  readonly #requests = new Map<string, DeviceRequest>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(asked: Pick<DeviceRequest, "place" | "client" | "tenant" | "scopes">): DeviceRequest {
    const now = this.#clock.now();
    sweep(this.#requests, ({ issuedAt }) => now - issuedAt > memory);
    const request: DeviceRequest = {
      deviceCode: createHandle("device"),
      userCode: createUserCode(),
      ...asked,
      issuedAt: now,
      interval: deviceCodeInterval * 1000,
      lastPoll: undefined,
      outcome: { kind: "pending" },
    };
    this.#requests.set(request.deviceCode, request);
    return request;
  }

  /** What the user typed. Throws AADSTS70018 or AADSTS70019. */
  byUserCode(typed: string): DeviceRequest {
    const code = typed.replaceAll(/[^a-z0-9]/gi, "").toUpperCase();
    const request = [...this.#requests.values()].find((each) => each.userCode === code);
    if (request === undefined || request.outcome.kind !== "pending") throw entraError(70018);
    this.#refuseExpired(request);
    return request;
  }

  /**
   * One poll of the device. Throws AADSTS70016 while the user is not done, and the end of the story: AADSTS65004,
   * AADSTS70018, AADSTS70019, AADSTS54005.
   */
  poll(deviceCode: string, client: EmulatorApp): { device: DeviceRequest; grant: SignInGrant } {
    const request = this.#requests.get(deviceCode);
    if (request === undefined || request.client !== client) throw entraError(70018);
    const { outcome } = request;
    if (outcome.kind === "declined") throw entraError(65004, {}, { error: "authorization_declined" });
    if (outcome.kind === "redeemed") throw entraError(54005);
    this.#refuseExpired(request);
    if (outcome.kind === "approved") return { device: request, grant: outcome.grant };
    throw this.#stillPending(request);
  }

  #stillPending(request: DeviceRequest): Error {
    const now = this.#clock.now();
    const tooFast = request.lastPoll !== undefined && now - request.lastPoll < request.interval;
    request.lastPoll = now;
    // RFC 8628 section 3.5: five seconds more for this and all later polls.
    if (tooFast) request.interval += 5000;
    return entraError(70016, {}, tooFast ? { error: "slow_down" } : {});
  }

  #refuseExpired(request: DeviceRequest): void {
    if (this.#clock.now() - request.issuedAt > deviceCodeLifetime * 1000) throw entraError(70019);
  }
}

function createUserCode(): string {
  return Array.from({ length: 9 }, () => userCodeLetters.charAt(randomInt(userCodeLetters.length))).join("");
}
