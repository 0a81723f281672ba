const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Makes text harmless in an element and in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/**
 * Puts values into a caller's HTML where it says `$name` or `${name}`, as Python's `string.Template` does, so that
 * pages written for MSAL Python work here. `$$` is a dollar sign; an unknown name stays as it is.
 *
 * Values are escaped for elements and quoted attributes. They are not safe inside a script.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(
    /\$(?:\$|([a-z_]\w*)|\{([a-z_]\w*)\})/gi,
    (whole: string, plain: string | undefined, braced: string | undefined) => {
      if (whole === "$$") return "$";
      const name = plain ?? braced ?? "";
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined ? whole : escapeHtml(value);
    },
  );
}
