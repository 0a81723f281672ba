/** The library's name in `x-client-sku`. */
export const SKU = "msal-ts";

/** The library's version in `x-client-ver`: that of the package. */
export const VERSION = "0.1.0";
