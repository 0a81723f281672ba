import { expect, it } from "vitest";
import { resourceOf } from "../../src/protocol/resource.ts";

it.each([
  [["https://management.core.windows.net/.default"], "https://management.core.windows.net"],
  [["https://management.core.windows.net//.default"], "https://management.core.windows.net"],
  [["https://vault.azure.net/a", "https://vault.azure.net/b"], "https://vault.azure.net"],
  [["api://orders/Orders.Read"], "api://orders"],
  [["HTTPS://host:8080/x?y"], "https://host:8080"],
  [["https://host"], "https://host"],
  [["User.Read"], "User.Read"],
  [["https://pas.windows.net/CheckMyAccess/Linux/.default"], "https://pas.windows.net/CheckMyAccess/Linux/.default"],
])("%j are of the resource %s (B5.12)", (scopes, resource) => {
  expect(resourceOf(scopes)).toBe(resource);
});

it("scopes of two resources are refused, with both (B5.12)", () => {
  expect(() => resourceOf(["https://a.example/x", "https://b.example/y"])).toThrow(
    '"scopes" must be of one API here, not of https://a.example and https://b.example',
  );
});
