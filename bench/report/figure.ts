/** A number, or why there is none. */
export type Figure = number | { readonly missing: string };

/** The number, where there is one. */
export function valueOf(figure: Figure): number | undefined {
  return typeof figure === "number" && Number.isFinite(figure) ? figure : undefined;
}

/** So many digits that one can compare, and no more: `0.27`, `1.6`, `26`, `8,140`; a dash where there is none. */
export function textOf(figure: Figure): string {
  const value = valueOf(figure);
  if (value === undefined) return "—";
  const digits = value === 0 ? 0 : Math.max(0, Math.min(2, 1 - Math.floor(Math.log10(Math.abs(value)))));
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A count, such as that of tokens. */
export function countText(count: number): string {
  return count.toLocaleString("en");
}
