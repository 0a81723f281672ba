/** The kinds of server that the emulator plays. */
export const flavours = ["entra", "adfs", "b2c", "ciam", "dsts"] as const;

/** Entra ID, ADFS, Azure AD B2C, Entra External ID, dSTS. */
export type Flavour = (typeof flavours)[number];

/** Which server a request is for: the address tells it. */
export interface Place {
  readonly flavour: Flavour;
  /** Scheme, host and port as the client wrote them. */
  readonly origin: string;
  /** The tenant as the client wrote it; `adfs` where there is none. */
  readonly tenant: string;
  /** The path of the authority as the client wrote it: `/contoso.onmicrosoft.com/b2c_1_signin`. */
  readonly path: string;
  /** B2C's policy, in lower case. */
  readonly policy: string | undefined;
  /** What follows the authority's path, without a slash at either end. */
  readonly rest: string;
}

/** Reads an address. */
export function placeOf(url: URL): Place {
  const segments = url.pathname.split("/").filter((segment) => segment !== "");
  const { flavour, length } = shapeOf(url.hostname, segments);
  const own = segments.slice(0, length);
  const policy = flavour === "b2c" && length > 1 ? own.at(-1)?.toLowerCase() : undefined;
  return {
    flavour,
    origin: url.origin,
    tenant: own[policy === undefined ? length - 1 : length - 2] ?? "",
    path: own.map((segment) => `/${segment}`).join(""),
    policy,
    rest: segments.slice(length).join("/"),
  };
}

/** The kind, and how many segments of the path the authority has. */
function shapeOf(
  hostname: string,
  [first = "", second = ""]: readonly string[],
): { flavour: Flavour; length: 1 | 2 | 3 } {
  if (/^adfs$/i.test(first)) return { flavour: "adfs", length: 1 };
  if (/^dstsv2$/i.test(first)) return { flavour: "dsts", length: 2 };
  if (/^tfp$/i.test(first)) return { flavour: "b2c", length: 3 };
  if (/^b2c_/i.test(second)) return { flavour: "b2c", length: 2 };
  return { flavour: hostname.endsWith(".ciamlogin.com") ? "ciam" : "entra", length: 1 };
}

/**
 * The paths of an endpoint, in lower case, at every kind of server that has it.
 *
 * @param rest - After the authority's path.
 * @param atAdfs - The same for ADFS, if it is another.
 */
export function pathsOf(rest: string, atAdfs: string = rest): string[] {
  return [
    `/adfs/${atAdfs}`,
    `/dstsv2/:tenant/${rest}`,
    `/tfp/:tenant/:policy/${rest}`,
    `/:tenant/:policy{b2c_[^/]+}/${rest}`,
    `/:tenant/${rest}`,
  ];
}
