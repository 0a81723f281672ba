import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { TLSSocket } from "node:tls";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { ScriptedFault } from "./script.ts";

/** Answers with a fault. Undefined: go on and answer as usual. */
export async function applyFault(fault: ScriptedFault, outgoing: ServerResponse): Promise<Response | undefined> {
  switch (fault.fault) {
    case "delay":
      await wait(fault.ms, undefined, { ref: false });
      return undefined;
    case "hang":
      return RESPONSE_ALREADY_SENT;
    case "reset":
      reset(outgoing);
      return RESPONSE_ALREADY_SENT;
    case "truncate":
      truncate(outgoing);
      return RESPONSE_ALREADY_SENT;
    case "not-json":
      return new Response("<!doctype html><title>Gateway</title><p>Not what you asked for.", {
        headers: { "content-type": "text/html" },
      });
  }
}

/** TLS has no reset of its own, so there the connection ends. */
function reset({ socket }: ServerResponse): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}

function truncate(outgoing: ServerResponse): void {
  const body = '{"token_type":"Bearer","access_tok';
  outgoing.writeHead(200, { "content-type": "application/json", "content-length": body.length * 2 });
  outgoing.write(body, () => outgoing.destroy());
}
