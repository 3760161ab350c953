/** The shape that the other language must fill: the same keys, any text. A missing or extra key does not compile. */
export type Words<T> = { readonly [K in keyof T]: string }
