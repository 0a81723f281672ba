import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SKU, VERSION } from "../../src/protocol/version.ts";

it("names the package and its version as package.json does (B2.3)", () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(manifest).toMatchObject({ name: SKU, version: VERSION });
});
