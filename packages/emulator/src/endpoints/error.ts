import { describeError } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { messagePage } from "../pages/message.ts";
import { htmlResponse } from "../responses.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** Where the `error_uri` of every refusal leads: what its number means. */
export const errorEndpoint: Endpoint = {
  name: "error",
  paths: ["/error"],
  methods: ["GET"],
  errors: "page",
  handle: explain,
};

function explain(_: World, exchange: Exchange): Response {
  const code = exchange.query["code"] ?? "";
  const number = Number(code);
  const described = describeError(number);
  if (described === undefined) {
    const text = `The emulator knows no error "${code}". Ask for one by its number: /error?code=50076.`;
    return htmlResponse(messagePage({ title: "Unknown error", text }), 404);
  }
  const detail = [{ label: "OAuth error", value: described.error }];
  return htmlResponse(messagePage({ title: `AADSTS${number}`, text: described.text, detail }));
}
