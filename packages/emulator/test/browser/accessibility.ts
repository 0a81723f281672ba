import type { Page } from "playwright-core";

/** What is wrong with a page for those who use a keyboard or a screen reader, one sentence each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const faults = await page.evaluate(structureFaults);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const faint = await page.evaluate(faintTexts);
    faults.push(...faint.map((text) => `${colorScheme}: ${text}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
  return [...faults, ...(await keyboardFaults(page))];
}

// The functions below run inside the page: each must be whole in itself.

function structureFaults(): string[] {
  const faults: string[] = [];
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  if (document.title === "") faults.push("no title");
  if (document.documentElement.lang === "") faults.push("no language");
  if (all("h1").length !== 1) faults.push(`${all("h1").length} main headings`);
  if (all("main").length !== 1) faults.push(`${all("main").length} main regions`);
  for (const input of document.querySelectorAll<HTMLInputElement>("input:not([type=hidden])")) {
    if ((input.labels?.length ?? 0) === 0) faults.push(`no label: ${input.name}`);
  }
  for (const button of document.querySelectorAll("button")) {
    if (button.innerText.trim() === "") faults.push("a button without a name");
  }
  const ids = all("[id]").map(({ id }) => id);
  faults.push(...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id used twice: ${id}`));
  for (const element of all("[aria-describedby]")) {
    const missing = (element.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => !ids.includes(id));
    faults.push(...missing.map((id) => `described by nothing: ${id}`));
  }
  return faults;
}

/** Texts with a contrast below 4.5 to 1 (WCAG 2.2, 1.4.3). */
function faintTexts(): string[] {
  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element: Element | null): string => {
    if (element === null) return "rgb(255, 255, 255)";
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 ? ground(element.parentElement) : color;
  };
  const ratio = (element: Element) => {
    const pair = [luminance(getComputedStyle(element).color), luminance(ground(element))];
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  };
  const hasText = (element: Element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "");
  return [...document.querySelectorAll("body *")]
    .filter((element) => hasText(element) && ratio(element) < 4.5)
    .map((element) => `contrast ${ratio(element).toFixed(1)}: ${(element.textContent ?? "").trim()}`);
}

/** Walks through the page with the Tab key, and puts the focus back where it was. */
async function keyboardFaults(page: Page): Promise<string[]> {
  const before = await page.evaluateHandle(() => document.activeElement);
  const expected = await page.evaluate(startWalk);
  const faults: string[] = [];
  for (const name of expected) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(describeFocus);
    if (focused.name !== name) faults.push(`Tab reached ${focused.name} instead of ${name}`);
    if (!focused.outlined) faults.push(`focus cannot be seen: ${name}`);
  }
  await before.evaluate((element) => {
    if (element instanceof HTMLElement) element.focus();
  });
  return faults;
}

/** Numbers all controls in document order and puts the focus before the first of them. */
function startWalk(): string[] {
  const controls = "input:not([type=hidden], [type=radio]:not(:checked)), button, summary, a[href]";
  const names = [...document.querySelectorAll<HTMLElement>(controls)].map((element, index) => {
    element.dataset["walk"] = `${element.tagName} ${index}`;
    return element.dataset["walk"];
  });
  // A blur alone would not do: the next Tab goes on from the element that lost the focus.
  document.body.tabIndex = -1;
  document.body.focus();
  return names;
}

function describeFocus(): { name: string; outlined: boolean } {
  const element = document.activeElement;
  const outlined = element !== null && getComputedStyle(element).outlineStyle !== "none";
  return { name: element instanceof HTMLElement ? (element.dataset["walk"] ?? element.tagName) : "nothing", outlined };
}
