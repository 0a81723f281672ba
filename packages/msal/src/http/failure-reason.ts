interface Reason {
  readonly codes: RegExp;
  readonly words: string;
}

/** Our own codes about proxies; those of Node's sockets, DNS and TLS, and of undici. The first that fits is taken. */
const reasons: readonly Reason[] = [
  {
    codes: /^PROXY_AUTHENTICATION$/,
    words:
      "the proxy wants a name and a password, or does not take those given. They stand in its address: " +
      "http://name:password@host:port",
  },
  {
    codes: /^PROXY_REFUSED$/,
    words: "the proxy does not let the request through. See its answer in the cause, and ask who runs it",
  },
  {
    codes: /^PROXY_UNREACHABLE$/,
    words:
      'the proxy cannot be reached. Check its address, in "proxies" or in the environment variable HTTPS_PROXY, and ' +
      "whether the host belongs among the exceptions",
  },
  {
    codes: /^PROXY_UNUSED$/,
    words:
      "the environment names a proxy, which the platform's fetch does not use. Install the package that does: " +
      "npm install undici@7",
  },
  {
    codes: /^ECONNREFUSED$/,
    words: "the connection was refused. Check the host and port, and that nothing on the way blocks them",
  },
  { codes: /^(ENOTFOUND|EAI_\w+)$/, words: "DNS does not know the host. Check its spelling and the network" },
  {
    codes: /^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL)$/,
    words: "there is no route to the host. Check the network and VPN",
  },
  {
    codes: /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/,
    words: "the host did not take the connection. Check firewall and proxy",
  },
  {
    codes: /^(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/,
    words: "the host took the connection and then fell silent. Try again later",
  },
  {
    codes: /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/,
    words: "the connection was broken off. Try again; if it stays so, check firewall and proxy",
  },
  {
    codes: /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    words: "the certificate of the host is out of its time. Check the clock of this machine, then the certificate",
  },
  {
    codes: /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/,
    words: "the certificate belongs to another host name. Check the host",
  },
  {
    codes: /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET|CRL/,
    words:
      "the certificate of the host is not trusted. If it comes from a private authority, give that authority's " +
      'certificate to the application as "verify", or name its file in the environment variable NODE_EXTRA_CA_CERTS',
  },
  {
    codes: /^(EPROTO$|ERR_SSL|ERR_TLS)/,
    words: "the TLS handshake failed. Check that the port speaks https, and the proxy",
  },
];

/** Says in words why a request got no answer, as far as the error of `fetch` tells, and what to do. */
export function failureReason(error: unknown): string {
  const code = errorCode(error);
  const known = code === undefined ? undefined : reasons.find(({ codes }) => codes.test(code));
  if (known !== undefined) return `${known.words} (${code})`;
  // Browsers and other runtimes give no code, only prose, and that prose may quote the request: it stays in `cause`.
  return code === undefined ? "the cause says more" : `the cause says more (${code})`;
}

/** The code nearest to the top among an error, its causes, and the attempts that an `AggregateError` gathers. */
export function errorCode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 5) return undefined;
  if ("code" in error && typeof error.code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(error.code)) return error.code;
  const beneath: unknown[] = [];
  if ("cause" in error) beneath.push(error.cause);
  if ("errors" in error && Array.isArray(error.errors)) beneath.push(...(error.errors as unknown[]));
  for (const each of beneath) {
    const code = errorCode(each, depth + 1);
    if (code !== undefined) return code;
  }
  return undefined;
}
