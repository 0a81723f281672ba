import { describe, expect, it } from "vitest";
import { memoryStore } from "../../src/stores/memory.ts";
import { storeConformance } from "../../src/testing/store-conformance.ts";
import { ManualClock } from "../support/manual-clock.ts";

describe("memoryStore", () => {
  it.each(storeConformance((again) => again ?? memoryStore()))("$name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it("forgets a partition at the end of its time", async () => {
    const clock = new ManualClock();
    const store = memoryStore({ clock });
    await store.set("a", "1", { ttl: 10 });
    clock.advance(9999);
    expect(await store.get("a")).toMatchObject({ data: "1" });
    clock.advance(1);
    expect(await store.get("a")).toBeUndefined();
    expect(await store.list?.()).toEqual([]);
    expect(await store.set("a", "2", {})).toHaveProperty("version");
  });

  it("lets go of the partition used longest ago when there is no room", async () => {
    const store = memoryStore({ maxPartitions: 2 });
    await store.set("a", "1", {});
    await store.set("b", "2", {});
    await store.get("a");
    await store.set("c", "3", {});
    expect(await store.list?.()).toEqual(["a", "c"]);
  });

  it.each([0, 1.5, Number.NaN])("refuses room for %s partitions", (maxPartitions) => {
    expect(() => memoryStore({ maxPartitions })).toThrow('"maxPartitions" must be a whole number above 0');
  });
});
