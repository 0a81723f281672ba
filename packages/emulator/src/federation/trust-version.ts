/** A version of WS-Trust, as the paths of ADFS name it. */
export type TrustVersion = "13" | "2005";

/** What each version calls itself. */
export const trustNamespaces: Readonly<Record<TrustVersion, string>> = {
  "13": "http://docs.oasis-open.org/ws-sx/ws-trust/200512",
  "2005": "http://schemas.xmlsoap.org/ws/2005/02/trust",
};

/** Every version, the newest first. */
export const trustVersions: readonly TrustVersion[] = ["13", "2005"];

/** The version that a segment of a path names, or undefined. */
export function trustVersionOf(segment: string | undefined): TrustVersion | undefined {
  return trustVersions.find((version) => version === segment);
}
