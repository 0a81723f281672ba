import type { AssertionAlgorithm } from "./assertion-algorithm.ts";

/** The header of a client assertion, under its wire names (RFC 7515, section 4.1). */
export interface AssertionHeader {
  readonly alg: AssertionAlgorithm;
  readonly typ: "JWT";
  readonly x5t?: string;
  readonly "x5t#S256"?: string;
  readonly x5c?: string[];
}

/** Signs a payload and gives it in the compact form of a JWS (RFC 7515, section 3.1). */
export type JwsSigner = (header: AssertionHeader, payload: Uint8Array) => Promise<string>;
