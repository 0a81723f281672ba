/** Whether a page is on this machine. */
export function isLoopback({ protocol, hostname }: URL): boolean {
  const isHttp = protocol === "http:" || protocol === "https:";
  return isHttp && (hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname));
}
