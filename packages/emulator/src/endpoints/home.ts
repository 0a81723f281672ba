import { redirectResponse } from "../responses.ts";
import type { Endpoint } from "./endpoint.ts";

/** Who opens the emulator's bare address wants to see what it does. */
export const homeEndpoint: Endpoint = {
  name: "home",
  paths: ["/"],
  methods: ["GET"],
  errors: "page",
  handle: (_, exchange) => redirectResponse(`${exchange.origin}/log`),
};
