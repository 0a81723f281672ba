/** A proxy, and what it wants to know. */
export interface ProxyAddress {
  /** Without name and password. */
  readonly url: string;
  /** The value of its `Proxy-Authorization` header (RFC 7617), where the address held a name. Secret. */
  readonly authorization?: string;
}

/**
 * Reads a proxy's address: `http://proxy.contoso.com:3128`, with name and password where the proxy wants them
 * (`http://name:password@…`, special characters percent-encoded). Without a scheme it is http. `undefined` when it is
 * no address of a proxy that speaks HTTP.
 */
export function readProxyAddress(text: string): ProxyAddress | undefined {
  const complete = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(complete)) return undefined;
  const { protocol, host, username, password } = new URL(complete);
  if ((protocol !== "http:" && protocol !== "https:") || host === "") return undefined;
  const url = `${protocol}//${host}`;
  if (username === "" && password === "") return { url };
  return { url, authorization: `Basic ${base64(`${decode(username)}:${decode(password)}`)}` };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that stands for itself.
    return text;
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
