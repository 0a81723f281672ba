import type { EndpointName } from "../endpoint-names.ts";
import type { Exchange } from "../exchange.ts";
import type { World } from "../world.ts";

/** One endpoint: where it is and how it answers. The router registers them in a loop. */
export interface Endpoint {
  readonly name: EndpointName;
  /** In lower case: they match in any. */
  readonly paths: readonly string[];
  readonly methods: readonly string[];
  /** How a refusal looks: a body or a fault for a program, or a page for a person. */
  readonly errors: "json" | "page" | "soap";
  readonly handle: (world: World, exchange: Exchange) => Response | Promise<Response>;
}
